import { createPublicKey, verify } from 'node:crypto';

/**
 * True where `signatureBase64` is an Ed25519 signature, by the owner of the key, over the 32 bytes of a document's SHA-256 (hex): any later change of
 * text or signature is found (G-EC-02). Anything that cannot be read as such is no signature.
 */
export function isSignatureOf(documentSha256: string, signatureBase64: string, publicKeyPem: string): boolean {
  try {
    const key = createPublicKey(publicKeyPem);
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(documentSha256, 'hex'), key, Buffer.from(signatureBase64, 'base64'));
  } catch {
    return false;
  }
}
