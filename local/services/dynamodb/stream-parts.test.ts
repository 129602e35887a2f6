import { StreamParts } from './stream-parts.ts';
import type { StreamRecord } from './stream-records.ts';

const record = (SequenceNumber: string): StreamRecord => ({ eventID: '', awsRegion: '', dynamodb: { SequenceNumber } });
const sequencesOf = ({ records, next }: ReturnType<StreamParts['from']>) => [
  records.map(({ dynamodb }) => dynamodb.SequenceNumber),
  next,
];

test('who comes later gets the parts that others read, one after another, as far as they are known', () => {
  const parts = new StreamParts(100);
  parts.keep('a', { Records: [record('1')], NextShardIterator: 'b' });
  parts.keep('b', { Records: [record('2'), record('3')], NextShardIterator: 'c' });
  expect(sequencesOf(parts.from('a', 100))).toEqual([['1', '2', '3'], 'c']);
  expect(sequencesOf(parts.from('b', 100))).toEqual([['2', '3'], 'c']);
  expect(sequencesOf(parts.from('c', 100))).toEqual([[], 'c']);
});

test('a part that is more than was asked for is left to the stream', () => {
  const parts = new StreamParts(100);
  parts.keep('a', { Records: [record('1')], NextShardIterator: 'b' });
  parts.keep('b', { Records: [record('2'), record('3')], NextShardIterator: 'c' });
  expect(sequencesOf(parts.from('a', 2))).toEqual([['1'], 'b']);
});

test('where nothing stood, something may stand a moment later: it is not kept', () => {
  const parts = new StreamParts(100);
  parts.keep('a', { Records: [], NextShardIterator: 'a' });
  parts.keep('a', { Records: [record('1')], NextShardIterator: 'b' });
  expect(sequencesOf(parts.from('a', 100))).toEqual([['1'], 'b']);
});

test('the oldest go when there is no room, and the end of a stream is an end', () => {
  const parts = new StreamParts(2);
  parts.keep('a', { Records: [record('1')], NextShardIterator: 'b' });
  parts.keep('b', { Records: [record('2')], NextShardIterator: 'c' });
  parts.keep('c', { Records: [record('3')] });
  expect(sequencesOf(parts.from('a', 100))).toEqual([[], 'a']);
  expect(sequencesOf(parts.from('b', 100))).toEqual([['2', '3'], undefined]);
});
