/** Keys and boxes. Private keys and the data key never leave WebCrypto; a PIN is never kept. */
const ROUNDS = 600_000;
const bytes = (text) => new TextEncoder().encode(text);

/** Base64url without padding, byte by byte: what is sealed may be too long to be spread over one call. */
export const packed = (buffer) => {
  let text = '';
  new Uint8Array(buffer).forEach((byte) => { text += String.fromCharCode(byte); });
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/** A key for what the phone keeps. extractable: only while it is wrapped with a PIN. */
export const newKey = (extractable = false) => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, ['encrypt', 'decrypt']);

export async function close(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes(JSON.stringify(value))) };
}

export async function open(key, { iv, box }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, box)));
}

const fromPin = async (pin, salt) => crypto.subtle.deriveKey(
  { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS },
  await crypto.subtle.importKey('raw', bytes(pin), 'PBKDF2', false, ['deriveKey']),
  { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey'],
);

/** Wrap a key so that only this PIN opens it. */
export async function wrap(key, pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { salt, iv, wrapped: await crypto.subtle.wrapKey('raw', key, await fromPin(pin, salt), { name: 'AES-GCM', iv }) };
}

/** The key again; null when it is another PIN. */
export async function unwrap({ salt, iv, wrapped }, pin) {
  try {
    return await crypto.subtle.unwrapKey('raw', wrapped, await fromPin(pin, salt), { name: 'AES-GCM', iv }, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);
  } catch {
    return null;
  }
}

/** What a phone signs with: the private half stays in the browser. */
export async function newSigner() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return { privateKey, publicKey: { kty, crv, x, y } };
}

/** Seal `content` to the server, bound to the phone and the number, and sign it: nobody on the phone can open it. */
export async function envelope({ phone, number, sealKey, sealKeyId, signer, content }) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const server = await crypto.subtle.importKey('jwk', { ...sealKey, ext: true }, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, own.privateKey, 256);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes('tillit-envelope-v1') },
    await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 }, false, ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = bytes(`1|${phone}|${number}`);
  const sealed = packed(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes(JSON.stringify(content))));
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', own.publicKey);
  const unsigned = { v: 1, phone, number, seal_key_id: sealKeyId, epk: { kty, crv, x, y }, iv: packed(iv), sealed };
  const signature = packed(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer, signed(unsigned)));
  return { ...unsigned, signature };
}

/** What of an envelope is signed, and known again by. */
const signed = ({ v, phone, number, seal_key_id: sealKeyId, epk, iv, sealed }) => bytes([v, phone, number, sealKeyId, epk.x, epk.y, iv, sealed].join('|'));

/** What a receipt names its envelope by, as the server counts it. */
export async function digest(one) {
  const sum = await crypto.subtle.digest('SHA-256', signed(one));
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
