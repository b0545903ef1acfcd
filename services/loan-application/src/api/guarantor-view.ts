import type { GuarantorAnswer } from '@millrace/contracts/api';
import type { Database } from '@millrace/service';
import type { Application } from '../application/application.entity.js';
import { guaranteeSignatures } from '../contract/guarantee-contracts.js';
import { translationOf } from '../contract/translation.js';
import { readGuarantors, type StoredGuarantor } from '../guarantor/read-guarantors.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { readConsents } from '../text/read-consents.js';

/** Whether a guarantor has signed; what is not signed when the application has ended is void. */
function stateOf({ signedAt, refusedAt, contractSha256 }: StoredGuarantor, { status, live }: Pick<Application, 'status' | 'live'>): GuarantorAnswer['state'] {
  if (refusedAt) return 'refused';
  if (signedAt) return 'signed';
  if (!live) return 'void';
  return contractSha256 !== null && APPLICATION_PROCESS.takes(status, 'ContractSigned') ? 'asked' : 'named';
}

/** Who is to stand for the loan of an application, and who has signed, as the API describes it. */
export async function guarantorViews(db: Database, application: Application): Promise<GuarantorAnswer[]> {
  const { applicationId } = application;
  const signatures = await guaranteeSignatures(db, applicationId);
  const guarantors = await readGuarantors(db, applicationId);
  return Promise.all(
    guarantors.map(async (one): Promise<GuarantorAnswer> => {
      const { guarantorId, party, name, identifier, kind, limitMinor, shareBps, signedAt } = one;
      const given = await readConsents(db, applicationId, guarantorId);
      return {
        ...{ guarantorId, party, name, identifier, kind, limitMinor, shareBps, state: stateOf(one, application), signedAt: signedAt?.toISOString() ?? null },
        consents: given.map(({ consentId, type, textVersion, textSha256, grantedAt }) => ({ consentId, type, textVersion, textSha256, grantedAt })),
        contract: contractOf(one, signatures(guarantorId)),
      };
    }),
  );
}

function contractOf(
  { contractSha256, templateVersion, text, textEn, agreedLimitMinor, agreedPeriodMonths }: StoredGuarantor,
  signatures: NonNullable<GuarantorAnswer['contract']>['signatures'],
): GuarantorAnswer['contract'] {
  if (contractSha256 === null) return null;
  return {
    contractSha256,
    templateVersion: templateVersion!,
    limitMinor: agreedLimitMinor!,
    periodMonths: agreedPeriodMonths!,
    text: text!,
    translation: translationOf(textEn, contractSha256),
    signatures,
  };
}
