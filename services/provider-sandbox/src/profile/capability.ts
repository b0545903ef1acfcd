import { defineCapability } from '@millrace/service';

/** What a made firm is: its records, how they are drawn by a seed, and what may be set. */
export const profile = defineCapability({
  name: 'profile',
  face: [
    'chinese-names',
    'draw-identity',
    'draw-profile',
    'firm-profile',
    'firm-record',
    'mixes',
    'plan-months',
    'profile-rules',
    'sandbox-firm',
    'seeded-draw',
  ],
});
