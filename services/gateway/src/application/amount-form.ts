import { Problem } from '@millrace/service';

/**
 * Refuses an amount that can be nobody's: negative, or no whole number of fen. The same codes as loan-application's own, said earlier, so that
 * such a request leaves no personal data behind; limits and steps of the product stay with loan-application.
 */
export function refuseImpossibleAmount(amountMinor: string, field: string): void {
  const refuse = (code: string, title: string, detail: string): Problem =>
    new Problem({ status: 422, code, title, detail, errors: [{ field, message: detail }] });
  if (amountMinor.startsWith('-')) throw refuse('AMOUNT_NEGATIVE', 'The amount is negative.', 'Send a positive whole number of fen.');
  if (!/^(0|[1-9]\d*)$/.test(amountMinor)) {
    throw refuse(
      'AMOUNT_NOT_WHOLE_FEN',
      'The amount is not a whole number of fen.',
      'Send a whole number without decimals or leading zeros, e.g. 30000000 for 300,000.00 yuan.',
    );
  }
}
