import { CollectionContactBlocked, CollectionContactLogged } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { CaseController } from './case.controller.js';
import { ChangeCase } from './change-case.js';
import { ContactController } from './contact.controller.js';
import { MakeContact } from './make-contact.js';
import { ReadCases } from './read-cases.js';
import { TellOutcome } from './tell-outcome.js';

/** People pursue arrears: their queue, who works on what, and whom they speak to, by the rules of conduct. */
export const collection = defineCapability({
  name: 'collection',
  controllers: [CaseController, ContactController],
  providers: [ReadCases, ChangeCase, MakeContact, TellOutcome],
  produces: [CollectionContactLogged, CollectionContactBlocked],
});
