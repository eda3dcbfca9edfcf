import { field, h, mark, write } from '../dom.js';

/** Asks for a token when the server wants one. */
export class LoginView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.token = h('input', { id: 'token', type: 'password', required: true, autocomplete: 'current-password', spellcheck: 'false' });
    this.said = h('p', { class: 'said', role: 'alert' });
    this.button = h('button', { type: 'submit', class: 'primary' }, 'Log in');
    root.append(h('form', { class: 'card login', onsubmit: (event) => this.submit(event) },
      h('h1', { id: 'h-login' }, 'Log in'),
      h('p', { class: 'muted' }, 'This station asks who you are. Your token comes from its operator.'),
      field('Token', this.token), this.said, this.button));
  }

  show() {
    document.title = 'Log in · Anodyne';
    write(this.said, '');
    this.token.value = '';
    this.token.focus();
  }

  update() {}

  async submit(event) {
    event.preventDefault();
    this.button.disabled = true;
    try {
      await this.context.me.login(this.token.value.trim());
      this.context.loggedIn();
    } catch (refusal) {
      mark(this.said, 'data-kind', 'bad');
      write(this.said, refusal.status === 401 ? 'This token is not known here, or has expired.' : refusal.message);
      this.token.select();
    } finally {
      this.button.disabled = false;
    }
  }
}
