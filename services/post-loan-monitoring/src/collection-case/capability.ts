import {
  CollectionCaseClosed,
  CollectionCaseOpened,
  CollectionContactBlocked,
  CollectionContactLogged,
  CollectionPromiseBroken,
  CollectionPromiseKept,
} from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** Arrears as cases: how they are pursued by the days past due, and from when to when there are any. The standing of a loan moves them. */
export const collectionCase = defineCapability({
  name: 'collection-case',
  face: ['collection-stage', 'judge-contact', 'judge-promises', 'keep-cases', 'log-contact'],
  produces: [CollectionCaseOpened, CollectionCaseClosed, CollectionContactLogged, CollectionContactBlocked, CollectionPromiseKept, CollectionPromiseBroken],
});
