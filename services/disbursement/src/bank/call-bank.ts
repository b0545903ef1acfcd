import { ProviderError, type ProviderClient, type ProviderRequest } from '@millrace/service';
import type { Logger } from 'pino';

/** What an answer of the bank means, and what a call that got none. */
export interface BankReading<Answer> {
  readonly reply: (raw: unknown) => Answer;
  readonly failure: (error: ProviderError) => Answer;
}

/**
 * Makes one call to the bank, once: what it means that there was no usable answer is for the caller's process to say.
 * @param about the call and the id of its subject, for the log
 */
export async function callBank<Answer>(
  { client, logger }: { readonly client: ProviderClient; readonly logger: Logger },
  request: ProviderRequest,
  about: Readonly<Record<string, string>>,
  read: BankReading<Answer>,
): Promise<Answer> {
  try {
    return read.reply(await client.request<unknown>(request));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // The message only: the body of a refusal may repeat what was sent, the account number among it.
    logger.warn({ ...about, failure: error.message }, 'the bank gave no usable answer');
    return read.failure(error);
  }
}
