/** Common passwords: whoever guesses tries these first, with a capital, some letters as digits or signs, and something at the ends. */
import { commonPasswords } from './common-passwords.generated.ts';

/** Passwords of habit, beside the generated list: years, seasons, other languages, signs. */
const habitual = `password passw0rd password1 password12 password123 password1234 password! passw0rd! p@ssword p@ssw0rd pa$$word pa$$w0rd p@$$w0rd
  12345678 123456789 1234567890 0123456789 87654321 987654321 0987654321 11111111 111111111 1111111111 00000000 000000000 22222222
  33333333 44444444 55555555 66666666 77777777 88888888 99999999 12121212 11223344 1122334455 123123123 12341234 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx 1qazxsw2 q1w2e3r4 q1w2e3r4t5 qwer1234 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyui qwertyuiop qwertzui qwertzuiop
  azertyui azertyuiop asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123 abcd1234 abc12345 abc123456 abcdefgh abcdefghi
  abcdefg1 abcdef123 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 a1234567 a12345678 a123456789 iloveyou iloveyou1 iloveyou2 iloveyou!
  ilovejesus loveyou1 princess princess1 sunshine sunshine1 football football1 baseball baseball1 basketball superman superman1
  batman123 spiderman starwars pokemon1 pokemon123 michael1 michelle jennifer jonathan jessica1 charlie1 danielle samantha
  elizabeth alexander alexandra christian christopher chocolate butterfly computer computer1 internet whatever welcome1 welcome12
  welcome123 welcome1! letmein1 letmein123 letmein! trustno1 dragon123 monkey123 shadow123 master123 mustang1 corvette ferrari1
  mercedes porsche1 liverpool liverpool1 chelsea1 arsenal1 barcelona realmadrid juventus manchester blink182 metallica nirvana1
  slipknot rockstar rockyou1 hello123 hello1234 hellohello helloworld goodluck changeme changeme1 changeme123 changeit secret123
  secret12 topsecret default1 admin123 admin1234 admin12345 administrator adminadmin root1234 rootroot toor1234 test1234 test12345
  testtest testing1 testing123 guest123 user1234 username login123 temp1234 temporary access14 access123 sysadmin letmein12
  qazwsxedc qazwsx123 1qaz@wsx 1qaz!qaz zaq12wsx zaq1zaq1 zaq!2wsx !qaz2wsx q1w2e3r4! qwerty1! qwerty123! abc123!! abcd1234!
  abc12345! test1234! test@123 admin@123 admin123! welcome@123 welcome@1 password@1 password@123 password123! password1! p@ssw0rd1
  p@ssword1 p@ssw0rd123 p@ssw0rd! pass1234 pass12345 pass@123 pass@1234 pass123! india123 india@123 summer12 summer123 winter123
  spring123 autumn123 summer2023 summer2024 summer2025 summer2026 winter2023 winter2024 winter2025 winter2026 spring2025 spring2026
  monday123 friday13 january1 december january123 company1 company123 business google123 facebook facebook1 linkedin instagram
  samsung1 samsung123 iphone123 android1 microsoft windows1 mypassword mypassword1 mypass123 thepassword passpass newpassword
  yourpassword nopassword startrek matrix123 hunter123 killer123 zxcvbnm, zxcvbnm! asdfgh123 maverick cowboys1 steelers
  yankees1 jordan23 jordan123 midnight diamond1 forever1 precious trinity1 victoria veronica patricia isabella gabriela
  valentina fernando sebastian carolina estrella teamo123 contraseña contrasena bonjour1 motdepasse passwort passwort1 hallo123
  schatz123 senha123 parola123 lozinka1 wachtwoord salasana1 gibraltar`;

/** Nobody guesses at this product without trying its name: it may stand nowhere in a password. */
const contextWords = ['mewayz'];

let known: ReadonlySet<string> | undefined;

const letters: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '!': 'i',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
const asLetters = (text: string) => text.replace(/[@43!10$57]/g, (sign) => letters[sign] ?? sign);

/** Whether a password is a common one in whatever case, under signs at its ends, and with digits and signs for letters. */
export function isCommonPassword(password: string): boolean {
  known ??= new Set(`${habitual} ${commonPasswords}`.split(/\s+/));
  const lower = password.toLowerCase();
  if (contextWords.some((word) => lower.includes(word) || asLetters(lower).includes(word))) return true;
  const withoutTail = lower.replace(/[^\p{L}\p{N}]+$/u, '');
  const stem = withoutTail.replace(/^[^\p{L}\p{N}]+/u, '');
  const [, head = '', number = ''] = /^(.*?)(\d*)$/su.exec(withoutTail) ?? [];
  const forms = [lower, withoutTail, stem, asLetters(lower), asLetters(withoutTail), `${asLetters(head)}${number}`];
  return forms.some((form) => known?.has(form));
}
