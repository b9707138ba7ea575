/**
 * A toast stays 10 seconds, and until the next keyboard act: who works by keyboard needs time to reach «Angre».
 * Pointing at it or having focus in it keeps it.
 */
const STAYS_MS = 10_000;

let listening = false;

/** Toasts whose time is out; the next key outside them takes them away. */
const overdue = new Set();

function leave(toast) {
  overdue.delete(toast);
  toast.remove();
}

const inUse = (toast) => toast.matches(':hover') || toast.contains(document.activeElement);

export function timeToasts(root) {
  root.querySelectorAll('[data-toast]:not([data-timed])').forEach((toast) => {
    toast.dataset.timed = '';
    let byKeyboard = document.querySelector(':focus-visible') !== null;
    toast.addEventListener('keydown', () => { byKeyboard = true; });
    const timeOut = () => {
      if (inUse(toast)) return void setTimeout(timeOut, 1_000);
      if (byKeyboard) return void overdue.add(toast);
      return leave(toast);
    };
    setTimeout(timeOut, STAYS_MS);
  });
  if (listening) return;
  listening = true;
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' || event.key === 'Shift') return; // on the way to «Angre»
    [...overdue].filter((toast) => !toast.contains(event.target)).forEach(leave);
  });
}
