/** What was done without coverage, in the order it was done: sealed at once, on the disk before anybody is told. */
import { close, envelope, open } from './crypto.js';
import { said } from './moments.js';
import { openKey } from './pin.js';
import { append, get, nextNumber, notes } from './store.js';

/** Keep an act, and return which it is: { phone, number }. Null when this phone has nothing to seal with. */
export async function keep({ act, fields, edition, pressKey, shown }) {
  const phone = await get('phone');
  if (!phone) return null; // it never had coverage
  const content = { act, fields, edition, press_key: pressKey, ...(await said()) };
  const key = await openKey();
  const kept = key && (await close(key, { act, ...shown, pressKey, at: content.made_at }));
  for (;;) {
    const number = await nextNumber(phone.id);
    const sealed = await envelope({
      phone: phone.id, number, sealKey: phone.sealKey, sealKeyId: phone.sealKeyId, signer: phone.signer, content,
    });
    if (await append({ phone: phone.id, number, envelope: sealed, kept })) return { phone: phone.id, number };
  }
}

/** What of it this screen may show: act, visit and when. What cannot be opened here is only counted. */
export async function readable() {
  const key = await openKey();
  const shown = [];
  for (const note of key ? await notes() : []) {
    try { shown.push(await open(key, note)); } catch { /* kept under an older key */ }
  }
  return shown;
}
