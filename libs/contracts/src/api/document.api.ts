import { describeAnswer, type AnswerOf } from './field.js';
import { choice, flag, id, instant, object, sha256, text } from './fields.js';
import { CONSENT_MEANINGS } from './product.api.js';

// What descriptions of several documents share: the consent that somebody gives, the proof of a signature, the translation of a text.

export const CONSENT = describeAnswer('Consent', 'callers', 'One consent, given by itself and with its own text (R-LE-01).', {
  consentId: id('Id that the client made.'),
  type: choice(CONSENT_MEANINGS, 'What is agreed to.'),
  textVersion: text(40, 'Version of the text: that of `GET /v1/consent-texts`, or the partner’s own name of its own text.', 'consent-C1.v1'),
  textSha256: sha256('SHA-256 of the text that was agreed to.'),
  grantedAt: instant('When it was given.', '2026-03-02T00:59:00.000Z'),
});

/** What proves a signature, of whatever document. */
export const SIGNATURE_PROOF = {
  signedAt: instant('When it was signed.'),
  certificateSerial: text(100, 'Serial number of the certificate.', '5A3C1D2E4F60'),
  certificatePublicKeyPem: text(2_000, 'Public key of the certificate (PEM).', '-----BEGIN PUBLIC KEY-----'),
  signatureBase64: text(200, 'Ed25519 over the 32 bytes of the document’s SHA-256.', 'cWJmY2Vn'),
} as const;

export const TRANSLATION = describeAnswer('Translation', 'callers', 'What a document says in English, for reading only: nobody is bound by it.', {
  language: choice({ en: 'English.' }, 'Language of the translation.'),
  binding: flag('False: the original binds, and its hash is what is signed.', false),
  originalSha256: sha256('Hash of the Chinese text that it translates.'),
  text: text(200_000, 'The translation, made of the same values as the text.', '# Loan contract'),
});
export type TranslationAnswer = AnswerOf<typeof TRANSLATION>;

export const TRANSLATED = object(TRANSLATION, 'In English, where the request does not ask for Chinese; null for a document of before translations.').nullable();
