/** One control on one form: what the platform gives it, and its life from init to destroy. */

import { webApi } from "./web_api.js";

/** What all controls of the page share: who and where she is, and the theme, which can change. */
export class Environment {
  #controls = new Set();

  constructor({ controlClass, api, me, tenantId, lcid, resources, dark }) {
    Object.assign(this, { controlClass, api, me, tenantId, lcid, resources, dark });
  }

  get canHostControls() {
    return this.controlClass !== undefined;
  }

  mount(place, record) {
    const control = new Control(this, place, record, () => this.#controls.delete(control));
    this.#controls.add(control);
    return control;
  }

  setDark(dark) {
    this.dark = dark;
    for (const control of this.#controls) {
      control.themeChanged();
    }
  }
}

/** The column that the control is bound to. It cannot be updated once a case is created ("This cannot be
 *  modified": Microsoft's reference of the incident table), so a form shows it locked on every saved
 *  case, whether the case is active or not. */
const BOUND_COLUMN = { LogicalName: "ticketnumber", isValidForUpdate: false };

/** A control in its place. `record` is `{id, title, number, readOnly}`; the id is empty while unsaved. */
export class Control {
  #environment;
  #place;
  #record;
  #instance;
  #width;
  #ended;
  #sizes = new ResizeObserver(([entry]) => this.#resized(Math.round(entry.contentRect.width)));

  constructor(environment, place, record, ended) {
    this.#environment = environment;
    this.#place = place;
    this.#record = record;
    this.#ended = ended;
    this.#width = place.clientWidth;
    this.#instance = new environment.controlClass();
    this.#instance.init(this.#context([]), () => {}, {});
    this.#show([]);
  }

  /** The form was refreshed: show the control with its record as it is now. */
  update(record) {
    const changed = Object.keys(record).filter((name) => record[name] !== this.#record[name]);
    this.#record = { ...this.#record, ...record };
    this.#show(changed);
  }

  /** Show the control again in a new theme. */
  themeChanged() {
    this.#show(["fluentDesignLanguage"]);
  }

  destroy() {
    this.#sizes.disconnect();
    this.#instance.destroy();
    window.ReactDOMv16.unmountComponentAtNode(this.#place);
    this.#ended();
  }

  get #isLocked() {
    const { id, readOnly } = this.#record;
    return readOnly || (id !== "" && !BOUND_COLUMN.isValidForUpdate);
  }

  #show(updatedProperties) {
    const element = this.#instance.updateView(this.#context(updatedProperties));
    window.ReactDOMv16.render(element, this.#place);
  }

  #resized(width) {
    // A hidden form has no width; the platform does not tell a control of that.
    if (width > 0 && width !== this.#width) {
      this.#width = width;
      this.#show(["layout"]);
    }
  }

  #context(updatedProperties) {
    const { api, me, tenantId, lcid, resources, dark } = this.#environment;
    const { id, title, number } = this.#record;
    const { webLightTheme, webDarkTheme } = window.FluentUIReactv940;
    return {
      parameters: {
        anchor: { raw: number, type: "SingleLine.Text", attributes: BOUND_COLUMN },
        apiBaseUrl: { raw: api },
        signInClientId: { raw: "7d0c2b5e-3f1a-4e86-9b57-2a6c8d4e1f03" },
        signInScope: { raw: "api://case-handling-time/access_as_user" },
      },
      mode: {
        isVisible: true,
        isControlDisabled: this.#isLocked,
        label: "",
        allocatedWidth: this.#width,
        allocatedHeight: -1,
        trackContainerResize: (track) => this.#trackSize(track),
        setControlState: () => true,
        setFullScreen: () => {},
        contextInfo: { entityId: id, entityTypeName: "incident", entityRecordName: title },
      },
      userSettings: {
        userId: `{${me.userId.toUpperCase()}}`,
        userName: me.name,
        aadObjectId: me.entraObjectId,
        languageId: lcid,
        isRTL: document.documentElement.dir === "rtl",
        securityRoles: [],
      },
      orgSettings: { organizationId: me.organizationId, tenantId },
      fluentDesignLanguage: { tokenTheme: dark ? webDarkTheme : webLightTheme, isDarkTheme: dark },
      resources,
      webAPI: webApi,
      updatedProperties,
    };
  }

  #trackSize(track) {
    if (track) {
      this.#sizes.observe(this.#place);
    } else {
      this.#sizes.disconnect();
    }
  }
}
