import { defineCapability } from '@millrace/service';
import { DataSetController } from './data-set.controller.js';
import { DataSets } from './data-sets.js';
import { FileInspector } from './file-inspector.js';

/** Folders of firms that were exported from elsewhere. */
export const dataSet = defineCapability({
  name: 'data-set',
  face: ['data-sets', 'file-inspector'],
  controllers: [DataSetController],
  providers: [DataSets, FileInspector],
});
