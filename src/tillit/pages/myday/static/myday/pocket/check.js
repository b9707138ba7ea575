/** What a page's form asks for before it is sealed: nobody is there to send it back. */
import { numberIn } from './numbers.js';
import { drawn, hasRoom } from './picture.js';

const templateOf = (name) => document.getElementById(`pocket-${name}`).content.cloneNode(true);

/** Say above the form why it is not kept yet. */
export function sayMissing(main, text) {
  const place = templateOf('missing');
  place.querySelector('[data-text]').textContent = text;
  main.querySelector('[data-missing]')?.remove();
  main.prepend(place);
  main.querySelector('[data-missing]').focus();
}

const isFilled = (said, name) => said.getAll(name).some((value) => (value instanceof File ? value.size > 0 : value.trim() !== ''));

/** The first number nobody can have, said with its name; empty when all can be. */
function strangeNumber(form, words) {
  const field = [...form.querySelectorAll('input[data-least]')].find(({ value, dataset }) => {
    const number = numberIn(value, Number(dataset.decimals));
    return value.trim() && (number === null || number < Number(dataset.least) || number > Number(dataset.most));
  });
  if (!field) return '';
  const { least, most } = field.dataset;
  return words.strange.replace('{name}', field.labels[0].textContent.trim()).replace('{least}', least).replace('{most}', most);
}

/** Why the form cannot be kept as it is; empty when it can. data-needs: all of these; data-needs-any: one of them. */
function whatIsMissing(form, said, words) {
  if (said.get('outcome') === 'DIFFERENT' && !said.get('note')?.trim() && !said.get('goal_trend')
    && !said.getAll('not_done').length && ['', '0', null].includes(said.get('time_step'))) return words.different;
  if (form.querySelector('[name="kind"]') && form.querySelector('[name="urgency"]')
    && !(said.get('words')?.trim() && said.get('kind') && said.get('urgency'))) return words.missing;
  const { needs = '', needsAny = '', needsText } = form.dataset;
  const all = needs.split(' ').filter(Boolean).every((name) => isFilled(said, name));
  const any = !needsAny || needsAny.split(' ').some((name) => isFilled(said, name));
  return all && any ? strangeNumber(form, words) : needsText;
}

/** The photo is drawn before it is sent on, so that what cannot be kept is said while she still has it before her. */
async function drawFirst(form, submitter, words, main) {
  const field = form.elements.file;
  const small = await drawn(field.files[0]);
  if (!small) return sayMissing(main, words.noPicture);
  if (!(await hasRoom(small))) return sayMissing(main, words.full);
  const box = new DataTransfer();
  box.items.add(small);
  field.files = box.files;
  form.dataset.drawn = '';
  return form.requestSubmit(submitter);
}

export function checkBefore(form, words, main) {
  form.noValidate = true;
  form.elements.file?.addEventListener?.('change', () => { delete form.dataset.drawn; });
  form.addEventListener('submit', (event) => {
    const missing = whatIsMissing(form, new FormData(form, event.submitter), words);
    const undrawn = form.elements.file?.type === 'file' && form.dataset.drawn === undefined;
    if (!missing && !undrawn) return;
    event.preventDefault();
    if (missing) sayMissing(main, missing);
    else drawFirst(form, event.submitter, words, main);
  });
}
