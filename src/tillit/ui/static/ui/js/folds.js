/**
 * <details data-fold-narrow open> starts closed where there is little room. It opens by its own press, when somebody
 * begins to write in the form it stands in, and when the address points at it.
 */
const narrow = matchMedia('(max-width: 61.99rem)');
let listening = false;

const openIn = (place) => place?.querySelectorAll('[data-fold-narrow]').forEach((fold) => { fold.open = true; });
const openAddressed = () => {
  if (location.hash.length > 1) openIn(document.getElementById(decodeURIComponent(location.hash.slice(1))));
};

export function foldWhereNarrow(root) {
  const begun = document.activeElement?.form;
  if (narrow.matches) {
    root.querySelectorAll('[data-fold-narrow]').forEach((fold) => { fold.open = Boolean(begun?.contains(fold)); });
  }
  openAddressed();
  if (listening) return;
  listening = true;
  window.addEventListener('hashchange', openAddressed);
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('input, textarea')) openIn(event.target.form);
  });
}
