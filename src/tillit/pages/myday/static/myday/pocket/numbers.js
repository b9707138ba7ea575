/** A number as it is written in Norway, 37,4; null: nothing is written, or it is no such number. */
export function numberIn(text, decimals) {
  const plain = (text ?? '').trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) && (plain.split('.')[1] ?? '').length <= decimals ? Number(plain) : null;
}
