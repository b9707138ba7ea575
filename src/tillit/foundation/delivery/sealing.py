"""What phones seal to, and how it is opened: ECDH on P-256, HKDF-SHA-256 and AES-256-GCM, as WebCrypto has them.

The private key is never stored: it is made of the data key in use, with HKDF, when it is needed, and has the data key's
id. So it is kept as well as what is sealed at rest, no backup of the database holds it, a database that is put back
loses none, and `tillit keys new` changes it. The old ones open as long as the old data keys are in the file. See
docs/adr/0007-words-written-without-coverage.md.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from tillit.foundation.delivery.rules.envelopes import Envelope, NotAnEnvelope, Point, packed, unpacked
from tillit.foundation.keeping import keys
from tillit.kernel.keyed import derived_key

INFO = "tillit-envelope-v1"
_CURVE = ec.SECP256R1()
#: How many values a private key of P-256 can have, plus one.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Unopened(ValueError):
    """It was sealed to a key we do not have, or it is not as it was sealed."""


def seal_key() -> tuple[str, Point]:
    """Return id and public half of the key in use."""
    key_id, secret = keys.data_keys().newest(keys.SEAL)
    return key_id, point_of(_private(secret).public_key())


def point_of(public: ec.EllipticCurvePublicKey) -> Point:
    """Return a public key as JWK has it."""
    numbers = public.public_numbers()
    return Point(packed(numbers.x.to_bytes(32, "big")), packed(numbers.y.to_bytes(32, "big")))


def public_key(point: Point) -> ec.EllipticCurvePublicKey:
    """Return a key from its point. Raises NotAnEnvelope when the point is not on the curve."""
    x, y = (int.from_bytes(unpacked(one), "big") for one in (point.x, point.y))
    try:
        return ec.EllipticCurvePublicNumbers(x, y, _CURVE).public_key()
    except ValueError:
        raise NotAnEnvelope from None


def is_signed_by(envelope: Envelope, sign_key: Point) -> bool:
    """Whether the phone with this key signed the envelope."""
    signature = unpacked(envelope.signature)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        public_key(sign_key).verify(encode_dss_signature(r, s), envelope.signed, ec.ECDSA(SHA256()))
    except (InvalidSignature, NotAnEnvelope):
        return False
    return True


def opened(envelope: Envelope) -> bytes:
    """Return what lies in an envelope. Raises Unopened."""
    secret = keys.data_keys().by_kind[keys.SEAL].get(envelope.seal_key_id)
    if secret is None:
        raise Unopened
    try:
        shared = _private(secret).exchange(ec.ECDH(), public_key(envelope.epk))
        box = AESGCM(derived_key(shared, INFO))
        return box.decrypt(unpacked(envelope.iv), unpacked(envelope.sealed), envelope.bound_to)
    except (InvalidTag, NotAnEnvelope, ValueError):
        raise Unopened from None


@lru_cache(maxsize=16)
def _private(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Make the private key of a data key. Twice as many bits as needed are folded, so that every key is as likely."""
    bits = derived_key(secret, "tillit envelope key 1") + derived_key(secret, "tillit envelope key 2")
    return ec.derive_private_key(int.from_bytes(bits, "big") % (_ORDER - 1) + 1, _CURVE)
