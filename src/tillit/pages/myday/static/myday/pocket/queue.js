/** What was done without coverage, in the order it was done: sealed at once, on the disk before anybody is told. */
import { close, envelope, open } from './crypto.js';
import { said } from './moments.js';
import { openKey } from './pin.js';
import { append, get, nextNumber, waiting } from './store.js';

/** Keep an act. Returns false when this phone has nothing to seal with: it never had coverage. */
export async function keep({ act, visit, fields, edition, pressKey }) {
  const phone = await get('phone');
  if (!phone) return false;
  const content = { act, fields, edition, press_key: pressKey, ...(await said()) };
  const key = await openKey();
  const kept = key && (await close(key, { act, visit, pressKey, at: content.made_at, withNote: Boolean(fields.note) }));
  for (;;) {
    const number = await nextNumber(phone.id);
    const sealed = await envelope({
      phone: phone.id, number, sealKey: phone.sealKey, sealKeyId: phone.sealKeyId, signer: phone.signer, content,
    });
    if (await append({ phone: phone.id, number, envelope: sealed, kept })) return true;
  }
}

/** What of it this screen may show: act, visit and when. What cannot be opened here is only counted. */
export async function readable() {
  const key = await openKey();
  const rows = await waiting();
  const shown = [];
  for (const row of rows) {
    if (!key || !row.kept) continue;
    try { shown.push(await open(key, row.kept)); } catch { /* kept under an older key */ }
  }
  return shown;
}

export const howMany = async () => (await waiting()).length;
