/** Pictures of people, as they come in: what is taken, and why one is refused. */
import * as z from 'zod';
import { moment } from '../list.ts';

export const avatarTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export const AVATAR_MAX_BYTES = 8_000_000;
/** Pixels. */
export const AVATAR_MIN_SIDE = 64;
export const AVATAR_MAX_SIDE = 10_000;
export const AVATAR_MAX_PIXELS = 24_000_000;

/** Why a file that was sent became no picture, in words for the person who sent it. */
export const avatarRefusals = {
  'not-a-picture': 'The file is not a PNG, JPEG or WebP picture.',
  'another-type': 'The file is not of the type that its name says.',
  animated: 'Pictures that move are not taken.',
  damaged: 'The picture is damaged or can not be read.',
  'too-few-pixels': `The picture is too small: each side must have at least ${AVATAR_MIN_SIDE} pixels.`,
  'too-many-pixels': `The picture is too large: at most ${AVATAR_MAX_PIXELS / 1_000_000} million pixels, and ${AVATAR_MAX_SIDE.toLocaleString('en')} on a side.`,
} as const;
export type AvatarRefusal = keyof typeof avatarRefusals;
const refusalNames = Object.keys(avatarRefusals) as [AvatarRefusal, ...AvatarRefusal[]];

export const avatarUploadSchema = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'ready', 'refused']),
    reason: z.enum(refusalNames).optional().meta({ description: 'Of a refused one' }),
    message: z.string().optional().meta({ description: 'The reason in words' }),
    at: moment,
  })
  .meta({ description: 'What became of the last picture that was sent; forgotten after a month' });
