import { VERIFICATION_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, decimal, id, instant, object, sha256, text, whole } from './fields.js';
import { describeRoute } from './route.js';

export const FINDING = describeAnswer('Finding', 'right:verification', 'What a check found.', {
  code: code('Code of the finding.', 'REVENUE_GAP'),
  severity: choice({ info: 'Worth knowing.', amber: 'A person looks at it.', red: 'It stops the application.' }, 'How much it weighs.'),
  observed: text(80, 'The figure that crossed the threshold.', '0.62').optional(),
  sentence: text(300, 'What it means, in one sentence.', 'Declared revenue is far above the invoices.'),
});

export const PROVENANCE = describeAnswer('Provenance', 'right:verification', 'Where a datum came from (R-CR-09).', {
  source: text(40, 'The source that was asked.', 'registry'),
  queryId: id('Our own id of the query, which is the provider’s idempotency key.'),
  replySha256: sha256('Hash of the provider’s reply.'),
  fetchedAt: instant('When the reply came.'),
  consentId: id('Consent that the query rested on.').optional(),
});

export const REFUSED_QUERY = describeAnswer('RefusedQuery', 'right:verification', 'A query that was due and was not made, as its consent had been withdrawn.', {
  source: text(40, 'The source that was not asked.', 'personal_bureau'),
  consentId: id('The consent that was withdrawn.'),
  refusedAt: instant('When the query was due.'),
});

export const MASKED_APPLICANT = describeAnswer('MaskedApplicant', 'right:verification', 'The person who signs, masked.', {
  name: text(60, 'Masked name.', '测*'),
  idNumber: text(18, 'Masked resident id.', '9901**********0019'),
  mobile: text(11, 'Masked mobile number.', '139****0001'),
});

export const VERIFICATION = describeAnswer('Verification', 'right:verification', 'What was verified, with which outcome, from which sources.', {
  applicationId: id('Id of the application.'),
  status: choice(VERIFICATION_STATUSES, 'Where it stands.'),
  outcome: choice({ pass: 'Nothing stands against it.', refer: 'A person looks at it.', reject: 'It is stopped.' }, 'What came of it; null before.').nullable(),
  fraudScore: whole(0, 1_000, 'Fraud score, 1000 for the highest suspicion; null before there is an outcome.', 120, 'points').nullable(),
  findings: object(FINDING, 'As far as the reader’s role may see them.').list(200),
  provenance: object(PROVENANCE, 'Every reply of a source, in the order of their coming.').list(50),
  refusedQueries: object(REFUSED_QUERY, 'Queries that were refused after a consent was withdrawn (R-LE-01).').list(50),
  applicant: object(MASKED_APPLICANT, 'The person who signs, masked.'),
  requestedAt: instant('When it was asked for.'),
  completedAt: instant('When there was an outcome; null before.').nullable(),
  tableHashes: sha256('Hash of each decision table that decided, by the name that the policy release gives it.').byName('fraud-rules'),
});
export type VerificationAnswer = AnswerOf<typeof VERIFICATION>;

export const SCREENED_SUBJECT = describeAnswer('ScreenedSubject', 'right:screening', 'Firm or person that was screened.', {
  kind: choice({ company: 'A firm.', person: 'A person.' }, 'What it is.'),
  name: text(200, 'Its name.', '样例商贸有限公司'),
});

export const SCREENING_HIT = describeAnswer('ScreeningHit', 'right:screening', 'An entry of a list that a subject resembles.', {
  list: choice(
    {
      sanctions: 'A sanctions list.',
      special_measures: 'The list of special measures against money laundering.',
      dishonest_debtor: 'The courts’ list of dishonest debtors.',
    },
    'The list.',
  ),
  listedName: text(300, 'Name on the list; null where the provider gave none.', 'SAMPLE TRADING').nullable(),
  matchScore: decimal('1 for an identifier or the exact name, 0.95 for an alias, less for a resemblance.', 0.95),
  subject: object(SCREENED_SUBJECT, 'Who resembles it; null where the provider named nobody.').nullable(),
});

export const SCREENING = describeAnswer('Screening', 'right:screening', 'Hits on sanctions and watch lists.', {
  applicationId: id('Id of the application.'),
  screenedAt: instant('When the lists were asked; null where they were not.').nullable(),
  hits: object(SCREENING_HIT, 'Every entry that somebody resembles.').list(1_000),
});
export type ScreeningAnswer = AnswerOf<typeof SCREENING>;

export const PERSON = describeAnswer('Person', 'right:person', 'The person who signs for the firm, in the clear.', {
  applicationId: id('Id of the application.'),
  name: text(60, 'Name.', '测试甲'),
  idNumber: text(18, 'Resident id number.', '990101199001010019'),
  mobile: text(20, 'Mobile number.', '13900000001'),
});
export type PersonAnswer = AnswerOf<typeof PERSON>;

export const RESTRICTED_READ = describeAnswer('RestrictedRead', 'right:restrictedReads', 'One look at what is restricted.', {
  what: choice({ screening: 'Hits on lists.', person: 'The person in the clear.', evidence: 'A file that was uploaded.' }, 'What was looked at.'),
  staffId: text(100, 'Who looked.', 'demo-risk-officer'),
  at: instant('When.'),
});

export const RESTRICTED_READ_LIST = describeAnswer('RestrictedReadList', 'right:restrictedReads', 'Looks at what is restricted.', {
  items: object(RESTRICTED_READ, 'The oldest first.').list(1_000),
});
export type RestrictedReadsAnswer = AnswerOf<typeof RESTRICTED_READ_LIST>;

const ONE = '/v1/loan-applications/:applicationId';

export const SHOW_VERIFICATION = describeRoute({
  name: 'applicationFile_verification',
  method: 'GET',
  path: `${ONE}/verification`,
  owner: { service: 'kyc-antifraud', path: '/verifications/:applicationId' },
  tag: 'Staff',
  summary: 'Findings, their sources, and the person masked',
  answers: { 200: { meaning: 'The verification.', body: VERIFICATION } },
});

export const SHOW_SCREENING = describeRoute({
  name: 'applicationFile_screening',
  method: 'GET',
  path: `${ONE}/screening`,
  owner: { service: 'kyc-antifraud', path: '/screenings/:applicationId' },
  tag: 'Staff',
  summary: 'Hits on sanctions and watch lists',
  description: 'For the role compliance alone; each look is kept.',
  answers: { 200: { meaning: 'The hits.', body: SCREENING } },
});

export const SHOW_PERSON = describeRoute({
  name: 'applicationFile_person',
  method: 'GET',
  path: `${ONE}/person`,
  owner: { service: 'kyc-antifraud', path: '/persons/:applicationId' },
  tag: 'Staff',
  summary: 'The person who signs, in the clear',
  description: 'For the risk officer who has to check the person: only where the verification was referred to people. Each look is kept.',
  answers: { 200: { meaning: 'The person.', body: PERSON } },
  problems: { 409: { NOT_REFERRED: 'The verification was not referred to people.', STORED_ONLY: 'A consent was withdrawn, and the person is stored only.' } },
});

export const LIST_RESTRICTED_READS = describeRoute({
  name: 'applicationFile_restrictedReads',
  method: 'GET',
  path: `${ONE}/restricted-reads`,
  owner: { service: 'kyc-antifraud', path: '/restricted-reads/:applicationId' },
  tag: 'Staff',
  summary: 'Who has looked at the person in the clear, or at hits on lists',
  answers: { 200: { meaning: 'The looks.', body: RESTRICTED_READ_LIST } },
});
