import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/article/article.ts';
import { isoDate, writtenDate } from '../../src/importing/page/dates.ts';
import { markdownFromHtml } from '../../src/importing/page/markdown.ts';
import { readPage } from '../../src/importing/page/read-page.ts';
import { pageText } from '../../src/importing/page-text.ts';
import { isOnTheInternet, webAddress, withoutTracking } from '../../src/importing/web-address.ts';

const BASE = 'https://radio.example/uno/due';
const markdown = (html: string): string => markdownFromHtml(html, BASE);

describe('an address on the internet', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:4700::1111', '2a00:1450:4002::1'])('%s is one', (address) => {
    expect(isOnTheInternet(address, 443)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '127.255.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '255.255.255.255',
      '224.0.0.1',
      '240.0.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '192.0.0.8',
    ],
    ...['168.63.129.16', '192.88.99.1', '::', '::1', '::ffff:127.0.0.1', '::ffff:93.184.215.14', '::7f00:1'],
    ...['::127.0.0.1', 'fe80::1', 'fec0::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    ...['2002:7f00:1::', '2001::1', '2001:db8::1', '100::1', '4000::1', 'localhost', ''],
  ])('%s is none', (address) => {
    expect(isOnTheInternet(address, 443)).toBe(false);
  });

  it('is none at a port where no web server is', () => {
    for (const port of [22, 25, 3306, 6379, 11211]) expect(isOnTheInternet('1.1.1.1', port)).toBe(false);
    for (const port of [80, 443, 8080, 8443]) expect(isOnTheInternet('1.1.1.1', port)).toBe(true);
  });

  it('may be typed without its protocol, and loses what only tracks', () => {
    expect(webAddress(' radio.example/uno ').href).toBe('https://radio.example/uno');
    expect(webAddress('radio.example:8080/uno').href).toBe('https://radio.example:8080/uno');
    expect(
      withoutTracking(
        new URL('https://a.example/p?utm_source=x&id=7&fbclid=y&UTM_Medium=z&gclid=1#commenti'),
      ),
    ).toBe('https://a.example/p?id=7');
  });
});

describe('HTML as Markdown', () => {
  it.each([
    [
      'headings from the second level on',
      '<h1>Uno</h1><h3>Due</h3><h6>Tre</h6>',
      '## Uno\n\n#### Due\n\n###### Tre',
    ],
    ['headings that begin lower', '<h3>Uno</h3><h4><b>Due</b></h4>', '## Uno\n\n### **Due**'],
    [
      'links, absolute',
      '<a href="../tre?a=(b)">tre</a>, <a href="//b.example">b</a>',
      '[tre](https://radio.example/tre?a=%28b%29), [b](https://b.example/)',
    ],
    [
      'links that lead nowhere as words',
      '<a href="#nota">1</a> <a href="javascript:alert(1)">x</a> <a>y</a>',
      '1 x y',
    ],
    ['emphasis', '<b>a</b> <i>b</i> <em>c</em> <s>d</s>', '**a** *b* *c* ~~d~~'],
    [
      'what a word processor calls bold',
      '<b style="font-weight:normal"><span style="font-weight:700">a</span> b</b>',
      '**a** b',
    ],
    [
      'lists in lists',
      '<ul><li>a<ol start="3"><li>b</li><li>c</li></ol></li><li>d</li></ul>',
      '- a\n  3. b\n  4. c\n- d',
    ],
    ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    [
      'tables of data',
      '<table><tr><th>a<th>b<tr><td>1|<td>2</table>',
      '| a | b |\n| --- | --- |\n| 1\\| | 2 |',
    ],
    ['bare addresses as they are', '<p>https://a.example/b_c_d e f_g</p>', 'https://a.example/b_c_d e f\\_g'],
    [
      'no picture, player or script',
      '<img src=a.jpg>a<audio src=b></audio><iframe src=c></iframe><script>d</script>',
      'a',
    ],
    [
      'nothing that sends the reader on',
      '<p>a</p><p><b>Leggi anche:</b></p><ul><li><a href=x>b</a></ul><h3>Condividi</h3><p>Leggi anche <a href=y>il seguito della storia</a></p>',
      'a',
    ],
    [
      'what only begins like that',
      '<p>Condividiamo la terra</p><p>Correlati a questo, altri fatti.</p>',
      'Condividiamo la terra\n\nCorrelati a questo, altri fatti.',
    ],
    ['lines of an old page', 'a<br>b<br><br>c', 'a  \nb\n\nc'],
  ])('has %s', (_, html, expected) => {
    expect(markdown(html)).toBe(expected);
  });

  it.each([
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    '<p>&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;</p>',
    '<a href="x">&lt;img src=x onerror=alert(1)&gt;</a>',
    '<a href="https://a.example/&quot;>&lt;b&gt;x">y</a>',
    '<table><tr><th>&lt;b&gt;<tr><td>&lt;i&gt;</table>',
    '<h2>&lt;b&gt;</h2><li>&lt;i&gt;</li><blockquote>&lt;u&gt;</blockquote>',
    '<p>`&lt;b&gt;` \\&lt;b&gt; \\\\&lt;b&gt;</p>',
  ])('holds no HTML: %s', (html) => {
    const article = parseArticle(markdown(html)).render({
      segments: [],
      files: new Map(),
      pictures: new Map(),
    });
    const tags = article.html.match(
      /<(?!\/?(?:p|a|h2|li|ul|blockquote|table|thead|tbody|tr|th|td|code)\b)[^>]*>/g,
    );
    expect(tags).toBeNull();
  });
});

describe('what a page says of its article', () => {
  const text = `<p>${'Una frase che si legge. '.repeat(20)}</p>`;
  const read = (head: string, body = text) =>
    readPage(`<html>${head}<body>${body}`, 'https://www.foglio-di-prova.example/a');

  it.each([
    ['<title>Un titolo - Il Foglio</title><meta property="og:site_name" content="Il Foglio">', 'Un titolo'],
    [
      '<title>Il Foglio | Un titolo - e il resto</title><meta property="og:site_name" content="il foglio">',
      'Un titolo - e il resto',
    ],
    ['<title>Un titolo » Foglio di prova</title>', 'Un titolo'],
    ['<title>Un titolo - e il resto</title>', 'Un titolo - e il resto'],
    ['<title>Un titolo - Sito</title><h1>Un titolo</h1>', 'Un titolo'],
  ])('has its title without the name of the site: %s', (head, title) => {
    expect(read(head)?.title).toBe(title);
  });

  it.each([
    ['<meta name="author" content="admin"><a rel="author">di Marta Gru</a>', 'Marta Gru'],
    [
      '<meta property="article:author" content="https://social.example/marta"><span class="byline"><span class="author">By Marta Gru</span></span>',
      'Marta Gru',
    ],
    ['<meta name="author" content="Da Ponte Lorenzo">', 'Da Ponte Lorenzo'],
    [
      '<script type="application/ld+json">{"@type":["NewsArticle"],"author":[{"name":"A"},{"name":"B"},"A"]}</script>',
      'A, B',
    ],
    ['<script type="application/ld+json">{"@type":"Article","author":{"@id":"#a"},</script>', ''],
  ])('has its byline: %s', (head, byline) => {
    expect(read(head)?.byline).toBe(byline);
  });

  it('has its date from the address where nothing else says one', () => {
    expect(readPage(`<body>${text}`, 'https://a.example/2025/01/30/titolo')?.date).toBe('2025-01-30');
  });

  it('calls canonical what is of the same site, and leads to one page', () => {
    const canonical = (href: string) => read(`<link rel="canonical" href="${href}">`)?.address;
    expect(canonical('https://foglio-di-prova.example/vero?utm_source=a')).toBe(
      'https://foglio-di-prova.example/vero',
    );
    expect(canonical('https://altrove.example/vero')).toBe('https://www.foglio-di-prova.example/a');
    expect(canonical('/')).toBe('https://www.foglio-di-prova.example/a');
    expect(canonical('http://127.0.0.1/')).toBe('https://www.foglio-di-prova.example/a');
  });
});

describe('dates', () => {
  it.each([
    ['2025-01-30T18:05:00+01:00', '2025-01-30T18:05:00+01:00'],
    ['2025-01-30 18:05', '2025-01-30T18:05'],
    ['2025-01-30T18:05:00.123Z', '2025-01-30T18:05:00Z'],
    ['2025-01-30', '2025-01-30'],
    ['Thu, 30 Jan 2025 18:05:00 +0100', '2025-01-30T17:05:00Z'],
    ['2025-02-31', ''],
    ['ieri', ''],
  ])('that machines write: %s is %j', (text, expected) => {
    expect(isoDate(text)).toBe(expected);
  });

  it.each([
    ['Martedì, 28 Gennaio 2025 10:05', '2025-01-28T10:05'],
    ['1° maggio 2024', '2024-05-01'],
    ['January 5, 2025', '2025-01-05'],
    ['28/01/2025', '2025-01-28'],
    ['pubblicato il 3 set. 2019 alle 9.30', '2019-09-03T09:30'],
    ['31 febbraio 2025', ''],
    ['Ultime notizie', ''],
  ])('that people read: %s is %j', (text, expected) => {
    expect(writtenDate(text)).toBe(expected);
  });
});

describe('the text of a page', () => {
  const windows1252 = Buffer.from([0x93, 0xe8, 0x94, 0x80]);

  it('is read as its header, its meta element or its bytes say', () => {
    expect(pageText(windows1252, 'text/html; charset="ISO-8859-1"')).toBe('“è”€');
    expect(
      pageText(Buffer.concat([Buffer.from('<meta charset=cp1252>'), windows1252]), 'text/html'),
    ).toContain('“è”€');
    expect(pageText(windows1252, 'text/html')).toBe('“è”€');
    expect(pageText(Buffer.from('“è”'), 'text/html')).toBe('“è”');
    expect(pageText(Buffer.from('“è”'), 'text/html; charset=nessuno')).toBe('“è”');
    expect(pageText(Buffer.from('\ufeffè', 'utf16le'), 'text/html; charset=utf-8')).toBe('è');
  });
});
