/** Calls to the token desk and to the API. Knows nothing of the page. */

/** What the API refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, content) {
    const fields = (content.errors ?? []).map((each) => `${each.field}: ${each.detail}`);
    const summary = content.detail ?? content.title ?? `Status ${status}`;
    super(fields.length > 0 ? fields.join(" · ") : summary);
    this.status = status;
  }
}

export class Api {
  #stack;
  #tokens = new Map();

  static async connect() {
    const answer = await fetch("stack.json");
    return new Api(await answer.json());
  }

  constructor(stack) {
    this.#stack = stack;
  }

  users() {
    return this.#desk("users");
  }

  cases() {
    return this.#desk("cases");
  }

  /** Call the API as a person. A token that is no longer good is replaced once. */
  async call(person, method, path, body, { keepalive = false } = {}) {
    let answer = await this.#send(person, method, path, body, keepalive);
    if (answer.status === 401 && this.#tokens.delete(person)) {
      answer = await this.#send(person, method, path, body, keepalive);
    }
    const text = await answer.text();
    const content = text.startsWith("{") ? JSON.parse(text) : {};
    if (!answer.ok) {
      throw new Problem(answer.status, content);
    }
    return content;
  }

  async #send(person, method, path, body, keepalive) {
    if (!this.#tokens.has(person)) {
      const { token } = await this.#desk(`token?user=${encodeURIComponent(person)}`);
      this.#tokens.set(person, token);
    }
    const headers = { Authorization: `Bearer ${this.#tokens.get(person)}` };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const content = body === undefined ? undefined : JSON.stringify(body);
    return fetch(`${this.#stack.api}/${path}`, { method, headers, body: content, keepalive });
  }

  async #desk(path) {
    const answer = await fetch(`${this.#stack.tokens}/${path}`);
    const content = await answer.json();
    if (!answer.ok) {
      throw new Problem(answer.status, content);
    }
    return content;
  }
}
