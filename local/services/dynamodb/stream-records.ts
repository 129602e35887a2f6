/** Mends what the engine's stream says so that a consumer sees what DynamoDB Streams would say. Pure. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../types.ts';

export interface StreamRecord {
  eventID: string;
  awsRegion: string;
  dynamodb: { OldImage?: JsonObject; NewImage?: JsonObject; SequenceNumber: string };
}
export interface RecordsAnswer {
  Records?: StreamRecord[];
  NextShardIterator?: string;
}
export interface DescribeStreamAnswer {
  StreamDescription?: { Shards?: { SequenceNumberRange?: { EndingSequenceNumber?: string } }[] };
}

/**
 * - A write that changed nothing gives no record.
 * - `eventID` is unique over all streams and the same each time the record is read.
 * - An iterator carries its stream's ARN in front, as in AWS, so that rights can be told from it.
 */
export function mendRecords(answer: RecordsAnswer, streamArn: string, region: string): RecordsAnswer {
  const changed = (answer.Records ?? []).filter(
    ({ dynamodb: { OldImage, NewImage } }) => !OldImage || !NewImage || !isDeepStrictEqual(OldImage, NewImage),
  );
  return {
    Records: changed.map((record) => ({
      ...record,
      eventID: createHash('md5').update(`${streamArn}/${record.dynamodb.SequenceNumber}`).digest('hex'),
      awsRegion: region,
    })),
    ...(answer.NextShardIterator && { NextShardIterator: wrapIterator(streamArn, answer.NextShardIterator) }),
  };
}

/** The engine's one shard per table never closes, but it names the last record as its end; consumers would stop there. */
export function openShards(answer: DescribeStreamAnswer): DescribeStreamAnswer {
  for (const shard of answer.StreamDescription?.Shards ?? []) delete shard.SequenceNumberRange?.EndingSequenceNumber;
  return answer;
}

export const wrapIterator = (streamArn: string, iterator: string): string => `${streamArn}|1|${iterator}`;

export function unwrapIterator(wrapped: string): { streamArn: string; iterator: string } {
  const [streamArn = '', , iterator = ''] = wrapped.split('|');
  return { streamArn, iterator };
}
