//! What the core keeps on its stack.
//!
//! In: the module before optimisation, which names its functions. Out: whether each export stays within the stack, and whether
//! the function that wipes it keeps nothing there itself. Optimising inlines functions, and so makes no road deeper.
//! Not its job: who calls whom; `reach` knows.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use walrus::ir::{BinaryOp, Instr, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, FunctionId, FunctionKind, GlobalId, GlobalKind, Module};

use crate::proof::check::Check;
use crate::proof::reach::{self, Calls};

const POINTER: &str = "__stack_pointer";
const WIPES: &str = "memory_rewind";
/// Of the stack, one export may use a half: what is not foreseen has the other.
const SHARE: u32 = 2;

/// Functions that call themselves, and how often at most.
const RECURSIVE: &[(&str, usize)] = &[("refport_edge::proto::json::push_decimal", 20)];

/// Both properties.
pub fn checks(module: &Module) -> Result<Vec<Check>> {
    let stack = Stack::of(module)?;
    let mut deep = Vec::new();
    let mut own = vec![format!("there is no export {WIPES}")];
    for (name, id) in reach::exported(module) {
        let depth = stack.depth(id, &mut Vec::new());
        if name == WIPES {
            own = stack.users(id);
        }
        match depth {
            Ok(depth) if depth <= stack.size / SHARE => {}
            Ok(depth) => deep.push(format!("{name} uses {depth} of {} bytes", stack.size)),
            Err(why) => deep.push(format!("{name}: {why}")),
        }
    }
    Ok(vec![
        Check { name: "no export uses more than half of the stack", offenders: deep },
        Check { name: "what wipes the stack keeps nothing on it", offenders: own },
    ])
}

struct Stack<'a> {
    module: &'a Module,
    calls: Calls,
    size: u32,
    /// What each function that uses the stack takes of it; none where that is no fixed number.
    frames: BTreeMap<FunctionId, Option<u32>>,
}

impl<'a> Stack<'a> {
    fn of(module: &'a Module) -> Result<Self> {
        let pointer = module.globals.iter().find(|global| global.name.as_deref() == Some(POINTER));
        let pointer = pointer.with_context(|| format!("no global is called {POINTER}"))?;
        let GlobalKind::Local(ConstExpr::Value(Value::I32(size))) = pointer.kind else {
            anyhow::bail!("{POINTER} does not begin with a number");
        };
        let mut frames = BTreeMap::new();
        for function in module.funcs.iter() {
            let FunctionKind::Local(local) = &function.kind else { continue };
            let mut frame = Frame { pointer: pointer.id(), is_used: false, last: [None, None], bytes: None };
            dfs_in_order(&mut frame, local, local.entry_block());
            if frame.is_used {
                frames.insert(function.id(), frame.bytes);
            }
        }
        Ok(Self { module, calls: Calls::of(module)?, size: size.try_into()?, frames })
    }

    /// The most that is on the stack while a function runs, or why that cannot be told.
    fn depth(&self, id: FunctionId, road: &mut Vec<FunctionId>) -> Result<u32, String> {
        let times = road.iter().filter(|caller| **caller == id).count();
        if times > 0 && times == most_times(&self.name(id)) {
            return Ok(0);
        }
        if times > most_times(&self.name(id)) {
            return Err(format!("{} calls itself", self.name(id)));
        }
        let own = self.frames.get(&id).copied().unwrap_or(Some(0));
        let own = own.ok_or_else(|| format!("{} takes no fixed piece of the stack", self.name(id)))?;
        let mut deepest = 0;
        road.push(id);
        for callee in self.calls.body(id).into_iter().flat_map(|body| &body.calls) {
            deepest = deepest.max(self.depth(*callee, road)?);
        }
        road.pop();
        Ok(own + deepest)
    }

    /// The functions that use the stack when this one is called.
    fn users(&self, id: FunctionId) -> Vec<String> {
        let reached = self.calls.reached_from(id, |_| false).into_keys();
        let users = reached.filter(|id| self.frames.contains_key(id));
        users.map(|id| self.name(id)).collect()
    }

    fn name(&self, id: FunctionId) -> String {
        let mangled = self.module.funcs.get(id).name.as_deref().unwrap_or("(no name)");
        format!("{:#}", rustc_demangle::demangle(mangled))
    }
}

/// How often a function may be on the road to itself.
fn most_times(name: &str) -> usize {
    RECURSIVE.iter().find(|(recursive, _)| *recursive == name).map_or(0, |(_, times)| *times)
}

/// Reads a function for `pointer - bytes`, which begins the body of each that uses the stack.
struct Frame {
    pointer: GlobalId,
    is_used: bool,
    /// Whether the last instruction but one read the pointer, and the number that the last one was.
    last: [Option<i32>; 2],
    bytes: Option<u32>,
}

impl<'a> Visitor<'a> for Frame {
    fn visit_instr(&mut self, instr: &'a Instr, _: &'a walrus::InstrLocId) {
        let now = match instr {
            Instr::GlobalGet(get) if get.global == self.pointer => {
                self.is_used = true;
                Some(0)
            }
            Instr::GlobalSet(set) if set.global == self.pointer => {
                self.is_used = true;
                None
            }
            Instr::Const(constant) if self.last[1] == Some(0) => match constant.value {
                Value::I32(bytes) => Some(bytes),
                _ => None,
            },
            Instr::Binop(binop)
                if matches!(binop.op, BinaryOp::I32Sub) && self.last[0] == Some(0) && self.bytes.is_none() =>
            {
                self.bytes = self.last[1].and_then(|bytes| bytes.try_into().ok());
                None
            }
            _ => None,
        };
        self.last = [self.last[1], now];
    }
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, ValType};

    use super::*;

    /// A module whose export takes so many bytes of the stack and calls another function that takes 16, or itself.
    fn module(name: &str, bytes: i32, calls_itself: bool) -> Module {
        let mut module = Module::default();
        let pointer = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(1024)));
        module.globals.get_mut(pointer).name = Some(POINTER.to_owned());
        let mut callee = None;
        for bytes in [16, bytes] {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            let mut body = builder.func_body();
            if bytes > 0 {
                body.global_get(pointer).i32_const(bytes).binop(BinaryOp::I32Sub).global_set(pointer);
            }
            if let Some(callee) = callee {
                body.call(callee);
            }
            callee = Some(builder.finish(vec![], &mut module.funcs));
        }
        let last = callee.unwrap();
        if calls_itself {
            let FunctionKind::Local(local) = &mut module.funcs.get_mut(last).kind else { unreachable!() };
            local.builder_mut().func_body().call(last);
        }
        module.exports.add(name, last);
        module
    }

    fn offenders(module: &Module) -> [Vec<String>; 2] {
        let checks = checks(module).unwrap();
        checks.into_iter().map(|check| check.offenders).collect::<Vec<_>>().try_into().unwrap()
    }

    #[test]
    fn what_is_on_the_stack_at_once_is_added_up() {
        assert!(offenders(&module("step", 496, false))[0].is_empty());
        assert_eq!(offenders(&module("step", 512, false))[0], ["step uses 528 of 1024 bytes"]);
    }

    #[test]
    fn a_function_that_calls_itself_is_noticed() {
        assert_eq!(offenders(&module("step", 16, true))[0], ["step: (no name) calls itself"]);
    }

    #[test]
    fn what_wipes_the_stack_may_not_use_it_nor_be_missing() {
        assert_eq!(offenders(&module(WIPES, 0, false))[1], ["(no name)"]);
        assert_eq!(offenders(&module("step", 0, false))[1], ["there is no export memory_rewind"]);
    }
}
