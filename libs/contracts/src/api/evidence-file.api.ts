import { EVIDENCE_KINDS, EVIDENCE_SCANS, MAX_EVIDENCE_FILES } from '../evidence.events.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, id, instant, object, sha256, text, whole } from './fields.js';
import { describeRoute } from './route.js';

/** Largest file in bytes: a scan of some twenty pages. */
export const MAX_EVIDENCE_BYTES = 10_485_760;

/** Media types of files that are taken, by what their content shows. */
export const EVIDENCE_MEDIA_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;
export type EvidenceMediaType = (typeof EVIDENCE_MEDIA_TYPES)[number];

const KIND = choice(EVIDENCE_KINDS, 'What the sender says that it is.');

export const EVIDENCE_FILE = describeAnswer('EvidenceFile', 'callers', 'A file of an application: what it is, and not what is in it.', {
  evidenceId: id('Id that the client made.'),
  kind: KIND,
  mediaType: text(100, 'Media type, as the content shows it.', 'application/pdf'),
  bytes: whole(1, MAX_EVIDENCE_BYTES, 'Size in bytes.', 48_211),
  sha256: sha256('SHA-256 of the file, as it was uploaded.'),
  scan: choice(EVIDENCE_SCANS, 'Whether a virus scanner has seen it.'),
  uploadedBy: text(100, 'Login that has uploaded it.', 'demo-partner'),
  uploadedAt: instant('When it was uploaded.'),
});
export type EvidenceFileAnswer = AnswerOf<typeof EVIDENCE_FILE>;

export const EVIDENCE_FILE_LIST = describeAnswer('EvidenceFileList', 'callers', 'Files of an application.', {
  items: object(EVIDENCE_FILE, 'In the order in which they came.').list(MAX_EVIDENCE_FILES),
});

const ALL = '/v1/loan-applications/:applicationId/evidence';
const AT_OWNER = '/loan-applications/:applicationId/evidence';

export const ADD_EVIDENCE = describeRoute({
  name: 'evidence_add',
  method: 'PUT',
  path: `${ALL}/:evidenceId`,
  tag: 'Applications',
  summary: 'Upload a file',
  description:
    'The body is the file itself, under its media type. What it is is seen from its content, and a name or type that says otherwise is refused. It is kept encrypted, and never changed: send a better one under another id.',
  query: { kind: KIND },
  file: { mediaTypes: EVIDENCE_MEDIA_TYPES, maxBytes: MAX_EVIDENCE_BYTES },
  answers: { 201: { meaning: 'The file is kept.', body: EVIDENCE_FILE }, 200: { meaning: 'The same file was sent before.', body: EVIDENCE_FILE } },
  location: `${ALL}/:evidenceId`,
  problems: {
    409: { TOO_MANY_FILES: 'The application has as many files as it may have.' },
    413: { FILE_TOO_LARGE: 'The file is larger than may be.' },
    422: {
      FILE_EMPTY: 'The file is empty.',
      FILE_TYPE_NOT_ALLOWED: 'The content is no PDF, JPEG, PNG, CSV or XLSX.',
      FILE_TYPE_MISMATCH: 'The content is of another type than the request says.',
      FILE_INFECTED: 'The virus scanner has refused the file.',
    },
  },
});

export const LIST_EVIDENCE = describeRoute({
  name: 'evidence_list',
  method: 'GET',
  path: ALL,
  owner: { service: 'loan-application', path: AT_OWNER },
  tag: 'Applications',
  summary: 'Files of the application',
  answers: { 200: { meaning: 'The files; empty where there are none.', body: EVIDENCE_FILE_LIST } },
});

export const SHOW_EVIDENCE = describeRoute({
  name: 'evidence_show',
  method: 'GET',
  path: `${ALL}/:evidenceId`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/:evidenceId` },
  tag: 'Applications',
  summary: 'What is known of a file',
  answers: { 200: { meaning: 'The file’s description.', body: EVIDENCE_FILE } },
});

export const READ_EVIDENCE = describeRoute({
  name: 'evidence_read',
  method: 'GET',
  path: `${ALL}/:evidenceId/content`,
  owner: { service: 'kyc-antifraud', path: '/evidence/:applicationId/:evidenceId' },
  tag: 'Staff',
  summary: 'The file itself',
  description: 'For staff who have to look at it; each look is kept. The answer is the file as it was uploaded, for saving and not for showing in a page.',
  sendsFile: EVIDENCE_MEDIA_TYPES,
  answers: { 200: { meaning: 'The file.', body: EVIDENCE_FILE } },
  problems: { 409: { STORED_ONLY: 'A consent was withdrawn, and what is kept is shown to nobody.' } },
});
