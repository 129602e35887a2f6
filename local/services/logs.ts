/**
 * Amazon CloudWatch Logs. Operations: CreateLogGroup, CreateLogStream, PutLogEvents, PutRetentionPolicy, DeleteRetentionPolicy,
 * DescribeLogGroups, DescribeLogStreams, GetLogEvents, FilterLogEvents. Resource types: LogGroup, LogStream.
 * Differs from AWS: the newest lines of each group are kept in memory, none on disk; a filter pattern is a text to contain.
 */
import { AwsError, type AwsRequest, type Cloud, type JsonObject, type Service } from '../types.ts';
import { inputOf, jsonResponse } from './json-protocol.ts';
import { generatedName } from './lambda/functions.ts';

interface LogEvent {
  id: string;
  stream: string;
  timestamp: number;
  message: string;
}
interface LogGroup {
  name: string;
  createdAt: number;
  retentionDays: number | undefined;
  streams: Set<string>;
  events: LogEvent[];
}
/** Lines kept of each group. */
const kept = 5000;

export function createLogs(cloud: Cloud): Service {
  const groups = new Map<string, LogGroup>();
  let lastId = 0;

  const groupOf = (name: string): LogGroup => {
    let group = groups.get(name);
    if (group === undefined) {
      group = { name, createdAt: Date.now(), retentionDays: undefined, streams: new Set(), events: [] };
      groups.set(name, group);
    }
    return group;
  };
  const write = (name: string, stream: string, message: string, timestamp = Date.now()): void => {
    const group = groupOf(name);
    group.streams.add(stream);
    lastId += 1;
    group.events.push({ id: String(lastId).padStart(20, '0'), stream, timestamp, message });
    // Dropping a tenth at a time keeps the cost of a line constant.
    if (group.events.length > kept * 1.1) group.events.splice(0, group.events.length - kept);
  };
  const arnOf = (name: string): string => `arn:aws:logs:${cloud.region}:${cloud.accountId}:log-group:${name}`;
  const groupName = (input: JsonObject): string =>
    String(
      input.logGroupName ??
        String(input.logGroupIdentifier ?? '')
          .split(':')
          .at(6) ??
        '',
    );
  const required = (input: JsonObject): LogGroup => {
    const group = groups.get(groupName(input));
    if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  };
  cloud.provide('writeLog', write);

  const operations: Record<string, (input: JsonObject) => JsonObject> = {
    CreateLogGroup(input) {
      if (groups.has(groupName(input)))
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      groupOf(groupName(input));
      return {};
    },
    CreateLogStream(input) {
      required(input).streams.add(String(input.logStreamName));
      return {};
    },
    PutLogEvents(input) {
      const { name } = required(input);
      for (const { message, timestamp } of input.logEvents as { message: string; timestamp: number }[]) {
        write(name, String(input.logStreamName), message, timestamp);
      }
      return { nextSequenceToken: '0' };
    },
    PutRetentionPolicy(input) {
      required(input).retentionDays = Number(input.retentionInDays);
      return {};
    },
    DeleteRetentionPolicy(input) {
      required(input).retentionDays = undefined;
      return {};
    },
    DescribeLogGroups: ({ logGroupNamePrefix = '' }) => ({
      logGroups: [...groups.values()]
        .filter(({ name }) => name.startsWith(String(logGroupNamePrefix)))
        .map(({ name, createdAt, retentionDays }) => ({
          logGroupName: name,
          creationTime: createdAt,
          arn: `${arnOf(name)}:*`,
          ...(retentionDays === undefined ? {} : { retentionInDays: retentionDays }),
        })),
    }),
    DescribeLogStreams: (input) => ({
      logStreams: [...required(input).streams].map((name) => ({
        logStreamName: name,
        arn: `${arnOf(groupName(input))}:log-stream:${name}`,
      })),
    }),
    GetLogEvents(input) {
      const events = select(required(input).events, { ...input, logStreamNames: [input.logStreamName ?? ''] });
      return {
        events: events.slice(-Number(input.limit ?? 10_000)).map(toJson),
        nextForwardToken: 'end',
        nextBackwardToken: 'begin',
      };
    },
    FilterLogEvents(input) {
      const events = select(required(input).events, input).filter(({ id }) => id > String(input.nextToken ?? ''));
      const page = events.slice(0, Number(input.limit ?? 10_000));
      const next: JsonObject = page.length < events.length ? { nextToken: (page.at(-1) as LogEvent).id } : {};
      return { events: page.map(toJson), searchedLogStreams: [], ...next };
    },
  };
  const operationOf = ({ operation = '' }: AwsRequest) => {
    const found = operations[operation];
    if (found === undefined)
      throw new AwsError('UnknownOperationException', `logs: the operation ${operation} is not known here`);
    return found;
  };

  return {
    names: ['logs'],
    resources: {
      'AWS::Logs::LogGroup': ({ stack, logicalId, properties }) => {
        const name =
          typeof properties.LogGroupName === 'string' ? properties.LogGroupName : generatedName(stack, logicalId);
        const group = groupOf(name);
        if (properties.RetentionInDays !== undefined) group.retentionDays = Number(properties.RetentionInDays);
        return { ref: name, attributes: { Arn: `${arnOf(name)}:*` } };
      },
      'AWS::Logs::LogStream': ({ stack, logicalId, properties }) => {
        const name =
          typeof properties.LogStreamName === 'string' ? properties.LogStreamName : generatedName(stack, logicalId);
        groupOf(String(properties.LogGroupName)).streams.add(name);
        return { ref: name };
      },
    },
    rights(request) {
      operationOf(request);
      const name = groupName(inputOf(request));
      return [{ action: `logs:${request.operation}`, resource: name === '' ? '*' : `${arnOf(name)}:*` }];
    },
    handle: async (request) => jsonResponse(operationOf(request)(inputOf(request))),
    async inspect(_path, query) {
      const group = query.get('group');
      if (group === null) return [...groups.values()].map(({ name, events }) => ({ name, lines: events.length }));
      return (groups.get(group)?.events ?? []).slice(-500).map(toJson);
    },
  };
}

function select(events: readonly LogEvent[], input: JsonObject): LogEvent[] {
  const { startTime, endTime, logStreamNames, filterPattern } = input;
  const streams = logStreamNames === undefined ? undefined : new Set(logStreamNames as string[]);
  const text = String(filterPattern ?? '').replace(/^"(.*)"$/, '$1');
  return events.filter(
    ({ stream, timestamp, message }) =>
      (startTime === undefined || timestamp >= Number(startTime)) &&
      (endTime === undefined || timestamp < Number(endTime)) &&
      (streams === undefined || streams.has(stream)) &&
      message.includes(text),
  );
}

function toJson({ id, stream, timestamp, message }: LogEvent): JsonObject {
  return { eventId: id, logStreamName: stream, timestamp, ingestionTime: timestamp, message };
}
