/** What the file does not say and a shop needs: tidy names, categories, tags, and names of people. All from the data, never from chance. */
import { createHash } from 'node:crypto';

const small = new Set(['of', 'and', 'the', 'in', 'on', 'for', 'with', 'to', 'a', 'by', 'at', 'or']);

/** `CHILDRENS CUTLERY SPACEBOY` → `Childrens Cutlery Spaceboy`; words with digits and single letters stay as they are. */
export function tidyName(name: string): string {
  return name
    .replace(/\s+/g, ' ')
    .replace(/[,.]+$/, '')
    .trim()
    .split(' ')
    .map((word, index) => {
      const lower = word.toLowerCase();
      if (index > 0 && small.has(lower)) return lower;
      if (/\d/.test(word)) return lower;
      return lower.replace(/(^|[^a-z'])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
    })
    .join(' ');
}

/** First rule that fits wins. Sorted from the narrow to the wide. */
const categories: readonly [string, RegExp][] = [
  ['christmas', /christmas|xmas|advent|santa|reindeer|snowman|snowflake|bauble|nativity/],
  ['bags', /\bbag\b|\bbags\b|shopper|tote|purse|wallet|satchel|rucksack|backpack|suitcase|luggage/],
  [
    'jewellery',
    /necklace|bracelet|earring|\bring\b|brooch|bangle|pendant|jewel|anklet|diamante|hair ?(slide|clip|grip)|locket/,
  ],
  [
    'kitchen',
    /\bmug|\bcup|plate|bowl|cake|baking|kitchen|apron|tea\b|teapot|coffee|jug|spoon|cutlery|fork|lunch|bottle|jar|egg|cookie|recipe|napkin|saucer|tray|glass\b|bake|chopping|oven|spice/,
  ],
  ['lighting', /light|candle|lantern|lamp|t-light|tealight|chandelier|nightlight|incense/],
  [
    'cards & paper',
    /card|wrap|paper|notebook|sticker|envelope|ribbon|tissue|journal|album|pencil|\bpen\b|stationery|tape|postcard|diary|magnet|chalk/,
  ],
  [
    'children',
    /child|kid|baby|toy|doll|spaceboy|dolly|circus|playhouse|puzzle|game|skittle|jigsaw|teddy|skipping|dinosaur|balloon|craft/,
  ],
  ['garden', /garden|plant|flower|bird|watering|herb|picnic|parasol|deckchair|seed|trellis|outdoor/],
  ['storage', /box|tin\b|tins\b|basket|cabinet|drawer|storage|hook|hanger|rack|shelf|stand|chest|case|holder|crate/],
  [
    'textiles',
    /cushion|throw|towel|blanket|quilt|rug|doormat|curtain|bunting|fabric|scarf|sock|slipper|gloves|umbrella|hot water/,
  ],
  [
    'home decor',
    /sign|frame|clock|mirror|heart|wall|door|vase|ornament|decoration|picture|garland|wreath|wicker|metal|knob|photo/,
  ],
];

export function categoryOf(name: string): string {
  const text = name.toLowerCase();
  return categories.find(([, pattern]) => pattern.test(text))?.[0] ?? 'gifts';
}

const tagWords = [
  'vintage',
  'retro',
  'red',
  'pink',
  'blue',
  'green',
  'white',
  'black',
  'heart',
  'polkadot',
  'wooden',
  'metal',
  'glass',
  'paisley',
  'rose',
  'regency',
  'set',
];
const MAX_TAGS = 3;

export function tagsOf(name: string): string[] {
  const words = new Set(name.toLowerCase().split(/[^a-z]+/));
  return tagWords.filter((tag) => words.has(tag)).slice(0, MAX_TAGS);
}

const firstNames = [
  'Amelia',
  'Noah',
  'Priya',
  'Lucas',
  'Sofia',
  'Elias',
  'Chloe',
  'Mateo',
  'Freya',
  'Oscar',
  'Hannah',
  'Jonas',
  'Leila',
  'Theo',
  'Ingrid',
  'Samuel',
  'Clara',
  'Hugo',
  'Yara',
  'Felix',
  'Nadia',
  'Arthur',
  'Mina',
  'Rowan',
  'Elena',
  'Tariq',
  'Maeve',
  'Anton',
  'Ruth',
  'Kenji',
  'Alba',
  'Patrick',
];
const lastNames = [
  'Ashworth',
  'Bergström',
  'Carvalho',
  'Dunne',
  'Eklund',
  'Farrow',
  'Gallagher',
  'Haddad',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Lindqvist',
  'Marchetti',
  'Novak',
  'Okafor',
  'Petit',
  'Quinn',
  'Rossi',
  'Schneider',
  'Takahashi',
  'Underwood',
  'Varga',
  'Whitaker',
  'Yilmaz',
  'Zimmermann',
  'Abbott',
  'Brennan',
  'Castellano',
  'Doyle',
  'Engel',
  'Fischer',
  'Grant',
];

/** The file has customer numbers and no names: the same number always gets the same made-up name. */
export function personOf(customer: string): { name: string; email: string } {
  const digest = createHash('sha256').update(customer).digest();
  const first = firstNames[(digest[0] ?? 0) % firstNames.length] ?? 'Alex';
  const last = lastNames[(digest[1] ?? 0) % lastNames.length] ?? 'Doe';
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return { name: `${first} ${last}`, email: `${plain}.${customer.toLowerCase()}@customers.mewayz.test` };
}
