import { CollectionCaseClosed, CollectionCaseOpened, CollectionPromiseBroken, CollectionPromiseKept } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** Arrears as cases: how they are pursued by the days past due, and from when to when there are any. The standing of a loan moves them. */
export const collectionCase = defineCapability({
  name: 'collection-case',
  face: ['collection-stage', 'judge-promises', 'keep-cases'],
  produces: [CollectionCaseOpened, CollectionCaseClosed, CollectionPromiseKept, CollectionPromiseBroken],
});
