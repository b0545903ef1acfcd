import { CollectionPromiseMade } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { CaseController } from './case.controller.js';
import { ChangeCase } from './change-case.js';
import { ContactController } from './contact.controller.js';
import { MakeContact } from './make-contact.js';
import { MakePromise } from './make-promise.js';
import { PromiseController } from './promise.controller.js';
import { ReadCases } from './read-cases.js';
import { TellOutcome } from './tell-outcome.js';

/** People pursue arrears: their queue, who works on what, and whom they speak to, by the rules of conduct. */
export const collection = defineCapability({
  name: 'collection',
  controllers: [CaseController, ContactController, PromiseController],
  providers: [ReadCases, ChangeCase, MakeContact, TellOutcome, MakePromise],
  produces: [CollectionPromiseMade],
});
