/**
 * How htmx behaves here: refusals (401, 409, 422, 429) are shown where they belong, focus is kept, the page says that it waits.
 */
const SHOWN = new Set([401, 403, 404, 409, 422, 429]);

export function listenToHtmx(prepare) {
  let pressed = null; // id of what had focus before the swap

  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    if (SHOWN.has(detail.xhr.status)) {
      // A whole error page is not put into a small place: what it says is told, and what was typed stays.
      const whole = /^\s*<!doctype/i.test(detail.serverResponse);
      detail.shouldSwap = !whole;
      detail.isError = false;
      if (whole) tell(detail.serverResponse, prepare);
    }
    pressed = document.activeElement?.id || null;
  });

  document.addEventListener('htmx:beforeRequest', ({ detail }) => {
    detail.target?.setAttribute('aria-busy', 'true');
  });
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    detail.target?.removeAttribute('aria-busy');
    if (detail.failed && detail.xhr.status >= 500) say(document.body.dataset.failed ?? titleOf(detail.xhr.responseText));
  });

  // What is put in elsewhere on the page («out of band») is made ready too; htmx settles only the part asked for.
  document.addEventListener('htmx:oobAfterSwap', ({ detail: { target } }) => {
    prepare(document.getElementById(target.id) ?? target); // one that was replaced is found again by its id
  });
  document.addEventListener('htmx:afterSettle', ({ detail }) => {
    const part = detail.elt ?? document;
    prepare(part);
    if (document.activeElement !== document.body) return;
    const back = pressed && document.getElementById(pressed);
    if (back) return void back.focus();
    const heading = part.querySelector?.('h1, h2, h3');
    if (heading) {
      heading.setAttribute('tabindex', '-1');
      heading.focus();
    }
  });
}

/** Say a sentence in the page's one live region. */
export function say(text) {
  const live = document.getElementById('ti-live');
  if (live && text) live.textContent = text;
}

/** Tell what an error page says: aloud, and at the bottom of the page where a press otherwise tells what it did. */
function tell(html, prepare) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const said = ['h1', '.ti-error .ti-lead'].map((place) => page.querySelector(place)?.textContent.trim()).filter(Boolean);
  const text = said.map((one) => (/[.?]$/.test(one) ? one : `${one}.`)).join(' ');
  say(text);
  const place = document.getElementById('ti-toasts');
  if (!place || !text) return;
  const toast = document.createElement('div');
  toast.className = 'ti-undo';
  toast.dataset.toast = '';
  const words = document.createElement('span');
  words.textContent = text;
  toast.append(words);
  place.replaceChildren(toast);
  prepare(place);
}

const titleOf = (html) => new DOMParser().parseFromString(html, 'text/html').querySelector('h1')?.textContent?.trim() ?? '';
