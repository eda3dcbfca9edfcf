import { ask } from '../dialog.js';
import { field, h } from '../dom.js';

/**
 * Asks before an emergency stop; gives the order's body, or null.
 *
 * @param where such as "this connector"
 */
export async function askEmergencyStop(where) {
  const answer = await ask({
    title: 'Emergency stop?',
    body: [
      h('p', null, `No current at ${where} until a person acknowledges and resets it. This is a command over the network and no safety function: use the emergency switch when people are in danger.`),
      field('Reason', h('input', { name: 'reason', maxlength: 200, autocomplete: 'off' })),
    ],
    yes: 'Emergency stop', no: 'Cancel', danger: true,
  });
  return answer && (answer.reason ? { reason: answer.reason } : {});
}
