//! What can run once an export is called.
//!
//! In: a module. Out: for each export, the functions control can come to, each with one shortest road to it. Only
//! instructions that control can come to count: what stands behind a call that never returns does not. A call through the
//! table may go to every function in the table that has the type it asks for.
//! Not its job: judging what is reached; `panics` does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Result, bail};
use walrus::ir::{Instr, InstrSeqId};
use walrus::{ElementItems, ExportItem, FunctionId, FunctionKind, LocalFunction, Module, TypeId};

/// What one function can do once it is entered.
#[derive(Default)]
pub struct Body {
    /// The functions it calls, by itself or through the table.
    pub calls: BTreeSet<FunctionId>,
    /// It has a trap of its own: `unreachable`, and not only behind a call that never returns or as an arm of a `br_table`.
    ///
    /// Such an arm is a value that the compiler knows a `match` never to see. (An `abort()` written as an arm looks the
    /// same; the libraries' panics do not: they are calls.)
    pub traps: bool,
    /// It can come to its end.
    returns: bool,
}

/// Who calls whom.
pub struct Calls {
    bodies: BTreeMap<FunctionId, Body>,
}

impl Calls {
    /// Reads every function of a module. An imported function counts as one that returns.
    pub fn of(module: &Module) -> Result<Self> {
        let table = table_by_type(module)?;
        let mut returning: BTreeSet<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
        returning.retain(|id| !matches!(module.funcs.get(*id).kind, FunctionKind::Local(_)));
        loop {
            // A function returns if one of its roads does, given what is known of those it calls: the least fixed point.
            let mut bodies = BTreeMap::new();
            for (id, function) in module.funcs.iter_local() {
                bodies.insert(id, Walk::through(function, &returning, &table)?);
            }
            let known = returning.len();
            returning.extend(bodies.iter().filter(|(_, body)| body.returns).map(|(id, _)| *id));
            if returning.len() == known {
                return Ok(Self { bodies });
            }
        }
    }

    /// What a function can do; nothing, where it is imported.
    pub fn body(&self, id: FunctionId) -> Option<&Body> {
        self.bodies.get(&id)
    }

    /// All that can run once `root` is called, each function with the one it is called from on a shortest road. What
    /// `ends` holds for is reached and not looked into.
    pub fn reached_from(
        &self,
        root: FunctionId,
        ends: impl Fn(FunctionId) -> bool,
    ) -> BTreeMap<FunctionId, FunctionId> {
        let mut callers = BTreeMap::from([(root, root)]);
        let mut waiting = VecDeque::from([root]);
        while let Some(caller) = waiting.pop_front() {
            let body = self.body(caller).filter(|_| !ends(caller));
            for callee in body.map(|body| &body.calls).into_iter().flatten() {
                callers.entry(*callee).or_insert_with(|| {
                    waiting.push_back(*callee);
                    caller
                });
            }
        }
        callers
    }
}

/// The road from the root to `id`, both ends included.
pub fn road(callers: &BTreeMap<FunctionId, FunctionId>, id: FunctionId) -> Vec<FunctionId> {
    let mut road = vec![id];
    let mut at = id;
    while let Some(caller) = callers.get(&at).filter(|caller| **caller != at) {
        road.insert(0, *caller);
        at = *caller;
    }
    road
}

/// The functions that JavaScript can call, by the names of their exports; the module's start function is `(start)`.
pub fn exported(module: &Module) -> BTreeMap<String, FunctionId> {
    let functions = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some((export.name.clone(), id)),
        _ => None,
    });
    functions.chain(module.start.map(|id| ("(start)".to_owned(), id))).collect()
}

/// The functions in all tables, by type.
fn table_by_type(module: &Module) -> Result<BTreeMap<TypeId, BTreeSet<FunctionId>>> {
    let mut table: BTreeMap<TypeId, BTreeSet<FunctionId>> = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementItems::Functions(functions) = &element.items else {
            bail!("a table is filled by expressions: teach xtask/src/proof/reach.rs to read them");
        };
        for id in functions {
            table.entry(module.funcs.get(*id).ty()).or_default().insert(*id);
        }
    }
    Ok(table)
}

/// One walk through a function, along every road that control can take.
struct Walk<'a> {
    function: &'a LocalFunction,
    returning: &'a BTreeSet<FunctionId>,
    table: &'a BTreeMap<TypeId, BTreeSet<FunctionId>>,
    /// The blocks whose end some branch leads to.
    left: BTreeSet<InstrSeqId>,
    /// The blocks whose end an arm of a `br_table` leads to.
    switched: BTreeSet<InstrSeqId>,
    body: Body,
}

impl<'a> Walk<'a> {
    fn through(
        function: &'a LocalFunction,
        returning: &'a BTreeSet<FunctionId>,
        table: &'a BTreeMap<TypeId, BTreeSet<FunctionId>>,
    ) -> Result<Body> {
        let (left, switched) = (BTreeSet::new(), BTreeSet::new());
        let mut walk = Self { function, returning, table, left, switched, body: Body::default() };
        let entry = function.entry_block();
        let falls = walk.sequence(entry)?;
        // A branch to the outermost block is a return.
        walk.body.returns |= falls || walk.is_left(entry);
        Ok(walk.body)
    }

    /// Whether control can come to the end of a sequence without a branch.
    fn sequence(&mut self, id: InstrSeqId) -> Result<bool> {
        let function = self.function;
        let mut is_arm = false;
        for (instruction, _) in &function.block(id).instrs {
            if is_arm && matches!(instruction, Instr::Unreachable(_)) {
                return Ok(false);
            }
            if let Instr::Block(block) = instruction {
                let falls = self.sequence(block.seq)?;
                is_arm = !falls && !self.left.contains(&block.seq);
                if !falls && !self.is_left(block.seq) {
                    return Ok(false);
                }
                continue;
            }
            is_arm = false;
            if !self.passes(instruction)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_left(&self, id: InstrSeqId) -> bool {
        self.left.contains(&id) || self.switched.contains(&id)
    }

    /// Whether control can come to what stands behind an instruction that is no block.
    fn passes(&mut self, instruction: &Instr) -> Result<bool> {
        Ok(match instruction {
            // A branch to a loop goes to its beginning.
            Instr::Loop(block) => self.sequence(block.seq)?,
            Instr::IfElse(choice) => {
                let mut falls = false;
                for id in [choice.consequent, choice.alternative] {
                    falls |= self.sequence(id)? | self.is_left(id);
                }
                falls
            }
            Instr::Br(branch) => {
                self.left.insert(branch.block);
                false
            }
            Instr::BrIf(branch) => {
                self.left.insert(branch.block);
                true
            }
            Instr::BrTable(branch) => {
                self.switched.extend(branch.blocks.iter().chain([&branch.default]));
                false
            }
            Instr::Return(_) => {
                self.body.returns = true;
                false
            }
            Instr::Unreachable(_) => {
                self.body.traps = true;
                false
            }
            Instr::Call(call) => {
                self.body.calls.insert(call.func);
                self.returning.contains(&call.func)
            }
            Instr::CallIndirect(call) => {
                self.body.calls.extend(self.table.get(&call.ty).into_iter().flatten());
                true
            }
            Instr::ReturnCall(_) | Instr::ReturnCallIndirect(_) | Instr::CallRef(_) | Instr::ReturnCallRef(_) => {
                bail!("a kind of call that the compiler did not use: teach xtask/src/proof/reach.rs to follow it")
            }
            Instr::Try(_) | Instr::TryTable(_) | Instr::BrOnNull(_) | Instr::BrOnNonNull(_) => {
                bail!("a kind of branch that the compiler did not use: teach xtask/src/proof/reach.rs to follow it")
            }
            _ => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, InstrSeqBuilder, ValType};

    use super::*;

    fn function(module: &mut Module, write: impl FnOnce(&mut InstrSeqBuilder)) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        write(&mut builder.func_body());
        builder.finish(vec![], &mut module.funcs)
    }

    #[test]
    fn what_stands_behind_a_call_that_never_returns_is_not_reached() {
        let mut module = Module::default();
        let never = function(&mut module, |body| {
            body.unreachable();
        });
        let dead = function(&mut module, |_| {});
        let caller = function(&mut module, |body| {
            body.call(never).call(dead).unreachable();
        });
        let calls = Calls::of(&module).unwrap();
        assert!(calls.body(never).unwrap().traps && !calls.body(caller).unwrap().traps);
        assert_eq!(calls.reached_from(caller, |_| false).len(), 2);
    }

    #[test]
    fn a_trap_behind_a_call_that_returns_is_the_callers_own() {
        let mut module = Module::default();
        let returns = function(&mut module, |body| {
            body.block(None, |block| {
                let out = block.id();
                block.br(out);
            });
        });
        let caller = function(&mut module, |body| {
            body.call(returns).unreachable();
        });
        assert!(Calls::of(&module).unwrap().body(caller).unwrap().traps);
    }

    #[test]
    fn a_branch_leads_behind_its_block_and_a_loop_without_one_nowhere() {
        let mut module = Module::default();
        let after_block = function(&mut module, |body| {
            body.block(None, |block| {
                let out = block.id();
                block.i32_const(1).br_if(out).unreachable();
            });
        });
        let endless = function(&mut module, |body| {
            body.loop_(None, |block| {
                let again = block.id();
                block.br(again);
            });
        });
        let calls = Calls::of(&module).unwrap();
        assert!(calls.body(after_block).unwrap().returns && !calls.body(endless).unwrap().returns);
    }

    #[test]
    fn an_arm_that_the_compiler_knows_to_be_impossible_is_no_trap() {
        let mut module = Module::default();
        let chooser = |module: &mut Module, also_by_branch: bool| {
            function(module, |body| {
                body.block(None, |block| {
                    let out = block.id();
                    if also_by_branch {
                        block.i32_const(1).br_if(out);
                    }
                    block.i32_const(0).br_table(vec![out].into(), out);
                });
                body.unreachable();
            })
        };
        let (arm, branch) = (chooser(&mut module, false), chooser(&mut module, true));
        let calls = Calls::of(&module).unwrap();
        assert!(!calls.body(arm).unwrap().traps && calls.body(branch).unwrap().traps);
    }

    #[test]
    fn a_call_through_the_table_may_go_to_every_function_of_its_type() {
        let mut module = Module::default();
        let fits = function(&mut module, |_| {});
        let other = {
            let arg = module.locals.add(ValType::I32);
            FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]).finish(vec![arg], &mut module.funcs)
        };
        let table = module.tables.add_local(false, 2, None, walrus::RefType::FUNCREF);
        let start = walrus::ConstExpr::Value(walrus::ir::Value::I32(0));
        let kind = walrus::ElementKind::Active { table, offset: start };
        module.elements.add(kind, ElementItems::Functions(vec![fits, other]));
        let ty = module.funcs.get(fits).ty();
        let caller = function(&mut module, |body| {
            body.i32_const(0).call_indirect(ty, table);
        });
        let reached = Calls::of(&module).unwrap().reached_from(caller, |_| false);
        assert!(reached.contains_key(&fits) && !reached.contains_key(&other));
        assert_eq!(road(&reached, fits), [caller, fits]);
    }
}
