import { defineCapability } from '@millrace/service';
import { NoticeController, SentNoticeController } from './notice.controller.js';

/** The gateway that delivers messages and letters. */
export const notice = defineCapability({
  name: 'notice',
  controllers: [NoticeController, SentNoticeController],
});
