// The libraries a model-driven app offers to virtual controls, under the names it uses.
import * as React from "react";
import * as ReactDOM from "react-dom";
import * as Fluent from "@fluentui/react-components";

Object.assign(window, { Reactv16: React, ReactDOMv16: ReactDOM, FluentUIReactv940: Fluent });
