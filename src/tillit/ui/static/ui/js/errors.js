/** When a form comes back with errors, the summary gets focus, so that it is read aloud and seen. */
export function showErrors(root) {
  root.querySelector('[data-error-summary]')?.focus();
}
