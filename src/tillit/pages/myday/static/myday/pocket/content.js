/** What a form says, for the queue: one text for a field, a list where there may be several, a photo as text. */
import { reckoned } from './news2.js';
import { sealable, thumb } from './picture.js';

const NOT_SAID = new Set(['csrfmiddlewaretoken', 'edition', 'press_key', 'done', 'visit', 'file', 'scale']);

/** Null: it is too large for the phone to keep. way: from `actAt`. key: of the press, when it stands in the address. */
export async function contentOf(form, way, key) {
  const visit = way.visit ?? (Number(form.get('visit')) || null);
  const fields = { ...(visit && { visit_id: visit }), ...(way.citizen && { citizen_id: way.citizen }) };
  [...new Set(form.keys())].filter((name) => !NOT_SAID.has(name)).forEach((name) => {
    fields[name] = way.lists?.includes(name) ? form.getAll(name) : form.get(name);
  });
  if (fields.not_done) fields.not_done = fields.not_done.map(Number);
  if (fields.time_step) fields.time_step = Number(fields.time_step);
  const pressKey = (key || form.get('press_key') || crypto.randomUUID()).slice(0, 64);
  if (way.act === 'visit.undo' && key?.startsWith('undo-')) fields.undoes = key.slice('undo-'.length);
  const shown = { visit, citizen: way.citizen, ...(way.act === 'visit.move' && { start: fields.to || fields.start }) };
  if (way.act === 'observation.check') shown.reckoned = reckoned(form);
  const file = form.get('file');
  if (file instanceof File) {
    fields.file = await sealable(file);
    if (fields.file === null) return null;
    shown.thumb = await thumb(file);
  }
  return { act: way.act, edition: form.get('edition') ?? '', pressKey, fields, shown };
}
