import { parseHTML } from 'linkedom';

export type PlainPage = {
  status: number;
  /** Where one ended up: path and query. */
  path: string;
  html: string;
  /** What stands in the page's main part, spaces made one. */
  words: string;
  /** What was announced as done. */
  notice: string;
  /** What was announced as wrong. */
  problem: string;
};

/** A file that is chosen in a form: its name and its bytes. */
type Chosen = { name: string; bytes: Uint8Array };
type Values = Record<string, string | string[] | Chosen | undefined>;

export type PlainBrowser = {
  open(address: string): Promise<PlainPage>;
  /** Presses the button of this name on the page where one is, with these fields filled in; `undefined`: not ticked. */
  press(button: string | RegExp, values?: Values): Promise<PlainPage>;
  /** Follows the link of this name. */
  follow(link: string | RegExp): Promise<PlainPage>;
};

/**
 * A browser without scripts: it keeps cookies, follows redirects, and sends forms as HTML says ("form submission"). `visited`: where
 * every page that it shows is put down.
 */
export function plainBrowser(station: string, visited: PlainPage[] = []): PlainBrowser {
  const cookies = new Map<string, string>();
  let at = new URL(station);
  let present: PlainPage | undefined;

  async function load(address: URL, init: RequestInit = {}): Promise<PlainPage> {
    const answer = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: {
        'Accept-Language': 'it',
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.method === 'POST' ? { Origin: at.origin } : {}),
      },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    at = address;
    const to = answer.headers.get('location');
    if (to !== null) {
      await answer.body?.cancel();
      return load(new URL(to, address));
    }
    present = pageOf(answer.status, address, await answer.text());
    visited.push(present);
    return present;
  }

  const documentOf = (): Document => parseHTML(present?.html ?? '').document;

  return {
    open: (address) => load(new URL(address, at)),
    async press(button, values = {}) {
      const buttons = [...documentOf().querySelectorAll('form button, form input[type=submit]')];
      const pressed = buttons.find((one) => isNamed(one, button));
      const form = pressed?.closest('form');
      if (pressed === undefined || !form) throw new Error(`no button ${button} on ${at}: ${present?.words}`);
      const entries = [...entriesOf(form), ...ownEntry(pressed)];
      const body = new FormData();
      for (const [name, value] of entries) if (!(name in values)) body.append(name, value);
      for (const [name, value] of Object.entries(values)) appendTo(body, name, value);
      const address = new URL(pressed.getAttribute('formaction') ?? form.getAttribute('action') ?? '', at);
      if (form.getAttribute('method') !== 'post') {
        address.search = String(new URLSearchParams(textsOf(body)));
        return load(address);
      }
      const isMultipart = form.getAttribute('enctype') === 'multipart/form-data';
      return load(address, { method: 'POST', body: isMultipart ? body : new URLSearchParams(textsOf(body)) });
    },
    async follow(link) {
      const found = [...documentOf().querySelectorAll('a[href]')].find((one) => isNamed(one, link));
      if (found === undefined) throw new Error(`no link ${link} on ${at}: ${present?.words}`);
      return load(new URL(found.getAttribute('href') ?? '', at));
    },
  };
}

function pageOf(status: number, { pathname, search }: URL, html: string): PlainPage {
  // Cells stand beside each other, not in one word.
  const { document } = parseHTML(html.replace(/<\/(?:t[dh]|li|p|h\d|option|dt|dd)>/g, ' $&'));
  const textOf = (selector: string): string => plain(document.querySelector(selector)?.textContent ?? '');
  return {
    status,
    path: pathname + search,
    html,
    words: textOf('main'),
    notice: textOf('[role=status].notice'),
    problem: textOf('[role=alert].problem'),
  };
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function isNamed(element: Element, name: string | RegExp): boolean {
  const label = element.getAttribute('aria-label') ?? plain(element.textContent ?? '');
  return typeof name === 'string' ? label === name : name.test(label);
}

/** What a form sends of itself (HTML, "constructing the entry list"). */
function entriesOf(form: Element): [string, string][] {
  return [...form.querySelectorAll('input, select, textarea')].flatMap((control): [string, string][] => {
    const name = control.getAttribute('name');
    const type = control.getAttribute('type') ?? '';
    if (!name || control.hasAttribute('disabled') || ['submit', 'file'].includes(type)) return [];
    if (control.tagName === 'TEXTAREA') return [[name, (control.textContent ?? '').replace(/^\n/, '')]];
    if (control.tagName === 'SELECT') {
      const options = [...control.querySelectorAll('option')];
      const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
      return chosen ? [[name, chosen.getAttribute('value') ?? chosen.textContent ?? '']] : [];
    }
    const isLeftOut = (type === 'checkbox' || type === 'radio') && !control.hasAttribute('checked');
    return isLeftOut ? [] : [[name, control.getAttribute('value') ?? (type === 'checkbox' ? 'on' : '')]];
  });
}

function ownEntry(button: Element): [string, string][] {
  const name = button.getAttribute('name');
  return name ? [[name, button.getAttribute('value') ?? '']] : [];
}

function appendTo(body: FormData, name: string, value: Values[string]): void {
  if (value === undefined) return;
  if (typeof value === 'string') body.append(name, value);
  else if (Array.isArray(value)) for (const one of value) body.append(name, one);
  else body.append(name, new Blob([Buffer.from(value.bytes)]), value.name);
}

const textsOf = (body: FormData): [string, string][] =>
  [...body].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
