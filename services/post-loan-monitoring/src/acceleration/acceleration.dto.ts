import { IsCalendarDay } from '@millrace/contracts';
import { ACCELERATION_GROUNDS, NOTICE_CHANNELS } from '@millrace/contracts/api';
import { IsIn, Matches } from 'class-validator';

/** Body of `PUT /loans/{loanId}/accelerations/{accelerationId}`. */
export class RequestAccelerationDto {
  @IsIn(Object.keys(ACCELERATION_GROUNDS)) ground!: keyof typeof ACCELERATION_GROUNDS;
  /** Day on which the borrower was given notice. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) @IsCalendarDay() noticeServedOn!: string;
  @IsIn(Object.keys(NOTICE_CHANNELS)) noticeChannel!: keyof typeof NOTICE_CHANNELS;
  /** Hash of the proof of service. */
  @Matches(/^[0-9a-f]{64}$/) noticeSha256!: string;
}
