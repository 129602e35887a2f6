/**
 * Finds the route of a request: a tree of path segments, built once. Precedence as API Gateway documents it: a full match
 * before one with a greedy `{name+}`; a fixed segment before a `{parameter}`; a method before ANY.
 */
export interface RouteMatch<Route> {
  route: Route;
  /** Values as they stand in the path, still percent-encoded; undefined when the route has no parameters. */
  parameters: Record<string, string> | undefined;
}

export interface RouteTable<Route> {
  /** `ANY` for all methods. Throws when the same method and path is there already. */
  add(method: string, path: string, route: Route): void;
  /** Looks for a path with this method: a path that has other methods only is passed over (HTTP APIs). */
  find(method: string, path: string): RouteMatch<Route> | undefined;
  /** Chooses by path alone, then asks for the method (REST APIs): undefined when that resource lacks it. */
  findByPath(method: string, path: string): RouteMatch<Route> | undefined;
}

interface Entry<Route> {
  route: Route;
  names: string[];
}
interface Node<Route> {
  fixed: Map<string, Node<Route>>;
  parameter: Node<Route> | undefined;
  greedy: Node<Route> | undefined;
  methods: Map<string, Entry<Route>>;
}
interface Found<Route> {
  node: Node<Route>;
  values: string[];
}

export function createRouteTable<Route>(): RouteTable<Route> {
  const root = createNode<Route>();

  function search(path: string, accept: (node: Node<Route>) => boolean): Found<Route> | undefined {
    const segments = path.split('/');
    return descend(root, segments, 1, false, accept, []) ?? descend(root, segments, 1, true, accept, []);
  }

  return {
    add(method, path, route) {
      const names: string[] = [];
      let node = root;
      for (const segment of path.split('/').slice(1)) {
        const parameter = /^\{([^}+]+)(\+?)\}$/.exec(segment);
        if (!parameter) node = childOf(node, segment);
        else {
          names.push(parameter[1] as string);
          if (parameter[2] === '+') node = node.greedy ??= createNode();
          else node = node.parameter ??= createNode();
        }
      }
      if (node.methods.has(method)) throw new Error(`The route ${method} ${path} is declared twice.`);
      node.methods.set(method, { route, names });
    },
    find(method, path) {
      const found = search(path, (node) => node.methods.has(method) || node.methods.has('ANY'));
      return found && toMatch(found, method);
    },
    findByPath(method, path) {
      const found = search(path, (node) => node.methods.size > 0);
      return found && toMatch(found, method);
    },
  };
}

function createNode<Route>(): Node<Route> {
  return { fixed: new Map(), parameter: undefined, greedy: undefined, methods: new Map() };
}

function childOf<Route>(node: Node<Route>, segment: string): Node<Route> {
  const existing = node.fixed.get(segment);
  if (existing) return existing;
  const child = createNode<Route>();
  node.fixed.set(segment, child);
  return child;
}

function descend<Route>(
  node: Node<Route>,
  segments: string[],
  depth: number,
  withGreedy: boolean,
  accept: (node: Node<Route>) => boolean,
  values: string[],
): Found<Route> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return accept(node) ? { node, values } : undefined;
  const fixed = node.fixed.get(segment);
  if (fixed) {
    const found = descend(fixed, segments, depth + 1, withGreedy, accept, values);
    if (found) return found;
  }
  if (node.parameter && segment !== '') {
    const found = descend(node.parameter, segments, depth + 1, withGreedy, accept, [...values, segment]);
    if (found) return found;
  }
  if (withGreedy && node.greedy && segment !== '' && accept(node.greedy)) {
    return { node: node.greedy, values: [...values, segments.slice(depth).join('/')] };
  }
  return undefined;
}

function toMatch<Route>({ node, values }: Found<Route>, method: string): RouteMatch<Route> | undefined {
  const entry = node.methods.get(method) ?? node.methods.get('ANY');
  if (!entry) return undefined;
  if (entry.names.length === 0) return { route: entry.route, parameters: undefined };
  const parameters: Record<string, string> = {};
  for (const [index, name] of entry.names.entries()) parameters[name] = values[index] ?? '';
  return { route: entry.route, parameters };
}
