/**
 * A choice made while the page was still on its way is not lost: where a change is sent by itself (hx-trigger="change"),
 * what already differs from what the server drew is sent when htmx listens. Such fields have autocomplete="off", so that
 * no browser fills in what was chosen on an earlier visit.
 */
export function sendWhatWasChosenEarly() {
  document.body.addEventListener('htmx:load', send, { once: true });
}

function send() {
  for (const listening of document.querySelectorAll('[hx-trigger^="change"]')) {
    const changed = [...listening.querySelectorAll('select, input:not([type="hidden"])')].find(differs);
    changed?.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function differs(field) {
  if (field.matches('[type="checkbox"], [type="radio"]')) return field.checked !== field.defaultChecked;
  if (!field.matches('select')) return field.value !== field.defaultValue;
  const drawn = [...field.options].filter((option) => option.defaultSelected);
  return (drawn.at(-1) ?? field.options[0])?.selected === false;
}
