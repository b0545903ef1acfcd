/** What every type of ours begins with: the project's domain in reverse, as CloudEvents asks, so that two products in one log never share a name. */
export const EVENT_NAMESPACE = 'dev.millrace.lending';

/** The part of a type that events did not have at first; what is stored of a type without it is the same for both. */
export const TYPE_PREFIX = 'dev.millrace.';

/** Address of an installation that nobody has named: a name that leads nowhere else, and that two installations should not share. */
export const DEFAULT_INSTALLATION_URL = 'https://millrace.localhost';

/**
 * Names that events had before their types began with a domain and their sources were addresses. The log keeps its records for good, so the table is
 * read for ever and never gets shorter: a type maps to the type of today, a source to the service that it means.
 */
const FORMER_NAMES: { readonly types: Readonly<Record<string, string>>; readonly sources: Readonly<Record<string, string>> } = {
  types: {
    'lending.disbursement.failed.v1': 'dev.millrace.lending.disbursement.failed.v1',
    'lending.disbursement.loan-disbursed.v1': 'dev.millrace.lending.disbursement.loan-disbursed.v1',
    'lending.disbursement.outcome-unknown.v1': 'dev.millrace.lending.disbursement.outcome-unknown.v1',
    'lending.kyc-antifraud.passed.v1': 'dev.millrace.lending.kyc-antifraud.passed.v1',
    'lending.kyc-antifraud.referred.v1': 'dev.millrace.lending.kyc-antifraud.referred.v1',
    'lending.kyc-antifraud.rejected.v1': 'dev.millrace.lending.kyc-antifraud.rejected.v1',
    'lending.loan-application.approved.v1': 'dev.millrace.lending.loan-application.approved.v1',
    'lending.loan-application.cancelled.v1': 'dev.millrace.lending.loan-application.cancelled.v1',
    'lending.loan-application.contract-generated.v1': 'dev.millrace.lending.loan-application.contract-generated.v1',
    'lending.loan-application.contract-signed.v1': 'dev.millrace.lending.loan-application.contract-signed.v1',
    'lending.loan-application.disbursement-requested.v1': 'dev.millrace.lending.loan-application.disbursement-requested.v1',
    'lending.loan-application.expired.v1': 'dev.millrace.lending.loan-application.expired.v1',
    'lending.loan-application.kyc-requested.v1': 'dev.millrace.lending.loan-application.kyc-requested.v1',
    'lending.loan-application.loan-activated.v1': 'dev.millrace.lending.loan-application.loan-activated.v1',
    'lending.loan-application.loan-closed.v1': 'dev.millrace.lending.loan-application.loan-closed.v1',
    'lending.loan-application.manual-review-requested.v1': 'dev.millrace.lending.loan-application.manual-review-requested.v1',
    'lending.loan-application.offer-accepted.v1': 'dev.millrace.lending.loan-application.offer-accepted.v1',
    'lending.loan-application.offer-issued.v1': 'dev.millrace.lending.loan-application.offer-issued.v1',
    'lending.loan-application.rejected.v1': 'dev.millrace.lending.loan-application.rejected.v1',
    'lending.loan-application.review-decided.v1': 'dev.millrace.lending.loan-application.review-decided.v1',
    'lending.loan-application.scoring-requested.v1': 'dev.millrace.lending.loan-application.scoring-requested.v1',
    'lending.loan-application.submitted.v1': 'dev.millrace.lending.loan-application.submitted.v1',
    'lending.post-loan-monitoring.loan-booked.v1': 'dev.millrace.lending.post-loan-monitoring.loan-booked.v1',
    'lending.post-loan-monitoring.loan-settled.v1': 'dev.millrace.lending.post-loan-monitoring.loan-settled.v1',
    'lending.post-loan-monitoring.repayment-received.v1': 'dev.millrace.lending.post-loan-monitoring.repayment-received.v1',
    'lending.scoring.computed.v1': 'dev.millrace.lending.scoring.computed.v1',
  },
  sources: {
    disbursement: 'disbursement',
    'kyc-antifraud': 'kyc-antifraud',
    'loan-application': 'loan-application',
    'post-loan-monitoring': 'post-loan-monitoring',
    scoring: 'scoring',
  },
};

const SOURCE = /^https?:\/\/\S+\/services\/([a-z][a-z0-9-]*)$/;

/** CloudEvents `source` of a service: an absolute address, so that the sources of two installations differ. */
export function eventSource(installationUrl: string, service: string): string {
  return `${installationUrl.replace(/\/+$/, '')}/services/${service}`;
}

/** Service that a source names, in its present form or a former one; undefined where it names none. */
export function serviceOfSource(source: string): string | undefined {
  return SOURCE.exec(source)?.[1] ?? formerName('sources', source);
}

/** CloudEvents `dataschema` of a versioned type: where the gateway of the installation serves its schema. */
export function eventSchemaAddress(installationUrl: string, versionedType: string): string {
  return `${installationUrl.replace(/\/+$/, '')}/v1/event-schemas/${versionedType}.json`;
}

/** Today's name of a versioned type; a type without a former name is its own. */
export function currentEventType(versionedType: string): string {
  return formerName('types', versionedType) ?? versionedType;
}

/** Former and present name of every type that had another one. */
export function formerEventTypes(): readonly (readonly [former: string, current: string])[] {
  return Object.entries(FORMER_NAMES.types);
}

function formerName(table: keyof typeof FORMER_NAMES, name: string): string | undefined {
  return Object.hasOwn(FORMER_NAMES[table], name) ? FORMER_NAMES[table][name] : undefined;
}
