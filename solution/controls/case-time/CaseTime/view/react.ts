import * as platform from "react";

/* React as the view uses it. What the platform brings is reached through an object, and its functions
   are called some three hundred times; as constants of this module they get names of one letter in
   the bundle, which is 4 kB less. */
export const {
  Children,
  Fragment,
  cloneElement,
  createContext,
  createElement,
  forwardRef,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} = platform;

export type { FC, FormEvent, ReactElement, ReactNode, RefObject } from "react";
