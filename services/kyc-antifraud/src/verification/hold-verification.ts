import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { BrokenSealError, CLOCK, LOGGER } from '@millrace/service';
import { cannotBeDone, openTask, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { RECORD_NOT_TRUSTED } from './record-not-trusted.task.js';
import { WATCHDOG_MS } from './resume-policy.js';
import { VerificationReader, type StoredVerification } from './stored-verification.js';

/** No round comes by itself any more: a person has to look first. */
const WAIT = 'update verification set next_attempt_at = null where application_id = $1 and outcome is null';
const GO_ON = 'update verification set next_attempt_at = $2 where application_id = $1 and outcome is null';

/** Holds the verification of a person whose stored record is not what was stored (SEC-10): nobody is asked about somebody else in its name. */
@Injectable()
export class HoldVerification {
  constructor(
    @Inject(VerificationReader) private readonly reader: VerificationReader,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Reads a verification; undefined where there is none, and where it is held from now on. A key that is missing is trouble of the setting, and thrown. */
  async readOrHold(applicationId: string): Promise<StoredVerification | undefined> {
    try {
      return await this.reader.read(applicationId);
    } catch (error) {
      if (!(error instanceof BrokenSealError)) throw error;
      await this.#hold(applicationId, error.message);
      return undefined;
    }
  }

  async #hold(applicationId: string, found: string): Promise<void> {
    await this.runner.run({ actor: { kind: 'system', id: 'kyc-antifraud' }, causationId: RECORD_NOT_TRUSTED.kind }, async (tx) => {
      const { rowCount } = await tx.query(WAIT, [applicationId]);
      if (rowCount) await openTask(tx, RECORD_NOT_TRUSTED, { subjectId: applicationId, subject: { applicationId }, facts: { found } }, this.clock.now());
    });
    this.logger.error({ applicationId, found }, 'a verification is held: the record of its applicant is not what was stored, a person has to look');
  }
}

/** Goes on with a verification whose record two persons have restored. */
@Injectable()
export class GoOnWithVerification implements TaskHandler {
  constructor(
    @Inject(VerificationReader) private readonly reader: VerificationReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply({ subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const applicationId = subject['applicationId']!;
    await this.reader.read(applicationId).catch((error: unknown) => {
      throw error instanceof BrokenSealError ? cannotBeDone(`${error.message}; restore the record first`) : error;
    });
    await tx.query(GO_ON, [applicationId, new Date(this.clock.now().getTime() + WATCHDOG_MS)]);
    tx.addJob('verify_firm', { applicationId }, { jobKey: applicationId });
  }
}
