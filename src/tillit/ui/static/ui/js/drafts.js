/**
 * What you write is not lost: <form data-autosave="note-4711"> keeps its text in this browser until it is sent.
 *
 * The key must name what is written about, with no personal data in it. The text is put back after an error, a reload
 * or a lost session, and only into fields the server sent empty or unchanged. It is taken away when the form has been
 * accepted (htmx answered 2xx, or the next page carries <meta name="tillit-saved" content="note-4711">), on log out,
 * and after twelve hours. data-autosave-for="<user id>" keeps two users of one machine apart.
 */
const PREFIX = 'tillit-draft:';
const KEPT_MS = 12 * 60 * 60 * 1000;

const keyOf = (form) => `${PREFIX}${form.dataset.autosaveFor ?? ''}:${form.dataset.autosave}`;
const written = (form) => [...form.elements].filter(
  (field) => field.name && field.name !== 'csrfmiddlewaretoken'
    && (field.tagName === 'TEXTAREA' || field.tagName === 'SELECT' || /^(text|search|number|radio|checkbox)$/.test(field.type)),
);
const isMark = (field) => field.type === 'radio' || field.type === 'checkbox';
const nameOf = (field) => (isMark(field) ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => (isMark(field) ? field.checked : field.value);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(form) {
  const values = Object.fromEntries(written(form).map((field) => [nameOf(field), valueOf(field)]));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    tell(form, 'saved');
  } catch {
    tell(form, 'failed'); // full or forbidden: the form says so
  }
}

/** <span data-autosave-state data-saved="Lagret her kl. {time}" data-restored="…" data-failed="…"> in the form. */
function tell(form, what) {
  const place = form.querySelector('[data-autosave-state]');
  if (!place) return;
  const time = new Date().toTimeString().slice(0, 5).replace(':', '.');
  place.textContent = (place.dataset[what] ?? '').replace('{time}', time);
}

function restore(form) {
  const draft = read(keyOf(form));
  if (!draft || Date.now() - draft.at > KEPT_MS) return void localStorage.removeItem(keyOf(form));
  let changed = false;
  written(form).forEach((field) => {
    const value = draft.values[nameOf(field)];
    if (value === undefined || value === valueOf(field)) return;
    if (isMark(field)) field.checked = value;
    else if (field.value === '' || field.tagName === 'SELECT') field.value = value;
    else return; // the server's text wins over the draft
    changed = true;
    for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  });
  if (changed) tell(form, 'restored');
}

export function clearDraft(form) {
  localStorage.removeItem(keyOf(form));
}

/** Forget what was typed about something (`note-4711`), whoever of this browser typed it. */
export function forgetDraft(name) {
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key.endsWith(`:${name}`))
    .forEach((key) => localStorage.removeItem(key));
}

export function keepDrafts(root) {
  document.querySelectorAll('meta[name="tillit-saved"]').forEach((meta) => forgetDraft(meta.content));
  document.querySelectorAll('form[data-logout]').forEach((form) => form.addEventListener('submit', () => {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  }, { once: true }));
  root.querySelectorAll('form[data-autosave]:not([data-kept])').forEach((form) => {
    form.dataset.kept = '';
    restore(form);
    let waiting = 0;
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), 400);
    });
    form.addEventListener('submit', () => { clearTimeout(waiting); keep(form); });
    form.addEventListener('htmx:afterRequest', ({ detail }) => {
      const saves = detail.elt === form || detail.elt.dataset.saves !== undefined; // a preview saves nothing
      if (saves && detail.xhr.status >= 200 && detail.xhr.status < 300) clearDraft(form);
    });
  });
}
