/** Menus are <details data-menu>: one open at a time, closed by Escape and by a press outside. */
let listening = false;

export function closeMenus() {
  if (listening) return;
  listening = true;
  const open = () => document.querySelectorAll('details[data-menu][open]');
  document.addEventListener('click', (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open().forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
  });
}
