/** The terms given make no loan: the message is one line for the person who gave them. */
export class InvalidTermsError extends RangeError {
  override readonly name = 'InvalidTermsError';
}
