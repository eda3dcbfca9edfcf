/*
 * Runs before the first paint, so that no page flashes in the wrong colours. The choice is kept by
 * the browser; "auto" follows the system's.
 */
(function () {
  'use strict';
  const KEY = 'anodyne-theme';
  const light = matchMedia('(prefers-color-scheme: light)');

  function chosen() {
    try {
      return localStorage.getItem(KEY) || 'auto';
    } catch (e) {
      return 'auto';
    }
  }

  function apply() {
    const choice = chosen();
    const effective = choice === 'auto' ? (light.matches ? 'light' : 'dark') : choice;
    const root = document.documentElement;
    root.dataset.themeChoice = choice;
    if (root.dataset.theme !== effective) {
      root.dataset.theme = effective;
      dispatchEvent(new CustomEvent('anodyne-theme'));
    }
  }

  light.addEventListener('change', apply);
  addEventListener('storage', apply);
  apply();

  window.anodyneTheme = {
    choice: chosen,
    choose(choice) {
      try {
        localStorage.setItem(KEY, choice);
      } catch (e) {
        // Without storage the choice lasts as long as the page.
      }
      document.documentElement.dataset.themeChoice = choice;
      apply();
    },
  };
})();
