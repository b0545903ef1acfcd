import { defineCapability } from '@millrace/service';
import { FindFirm } from './find-firm.js';
import { FirmController } from './firm.controller.js';
import { ListFirms } from './list-firms.js';
import { MadeFirms } from './made-firms.js';
import { MakeFirms } from './make-firms.js';

/** Every firm that can be asked about, made here or read from a folder. */
export const firm = defineCapability({
  name: 'firm',
  face: ['find-firm', 'made-firms'],
  controllers: [FirmController],
  providers: [MadeFirms, MakeFirms, FindFirm, ListFirms],
});
