//! A module that counts its own instructions.
//!
//! In: the module. Out: the same one, with a global for each function that grows by one for each instruction that runs in
//! it: exact, the same on every machine, and with the real glue around it, which no engine of our own could run.
//! Not its job: running it; `bench/counts.mjs` does.

use anyhow::{Context, Result};
use walrus::ir::{BinaryOp, Instr, InstrLocId, InstrSeqId, Value};
use walrus::{ConstExpr, FunctionId, GlobalId, LocalFunction, ModuleConfig, ValType, ir};

/// What the names of the exported counters begin with; the function's name, or its number, follows.
pub const COUNTER: &str = "ran:";

/// Adds the counters to a module.
pub fn instrument(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new().parse(wasm).context("cannot read the core")?;
    let functions: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
    for (number, id) in functions.into_iter().enumerate() {
        let counter = module.globals.add_local(ValType::I64, true, false, ConstExpr::Value(Value::I64(0)));
        let name = module.funcs.get(id).name.as_deref().map(|name| format!("{:#}", rustc_demangle::demangle(name)));
        // Two functions may have one name.
        module.exports.add(&format!("{COUNTER}{number} {}", name.unwrap_or_default()), counter);
        let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
        for sequence in sequences(function) {
            count_in(function, sequence, counter);
        }
    }
    Ok(module.emit_wasm())
}

/// Every sequence of instructions in a function: its body, and what is nested in it.
fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
    struct Found(Vec<InstrSeqId>);
    impl<'a> ir::Visitor<'a> for Found {
        fn start_instr_seq(&mut self, sequence: &'a ir::InstrSeq) {
            self.0.push(sequence.id());
        }
    }
    let mut found = Found(Vec::new());
    ir::dfs_in_order(&mut found, function, function.entry_block());
    found.0
}

/// Puts in front of each run of instructions that only run together what adds their number.
fn count_in(function: &mut LocalFunction, sequence: InstrSeqId, counter: GlobalId) {
    let block = function.block_mut(sequence);
    let old = std::mem::take(&mut block.instrs);
    let mut run = Vec::new();
    for (instruction, location) in old {
        let ends = may_go_elsewhere(&instruction);
        run.push((instruction, location));
        if ends {
            flush(&mut block.instrs, &mut run, counter);
        }
    }
    flush(&mut block.instrs, &mut run, counter);
}

fn flush(to: &mut Vec<(Instr, InstrLocId)>, run: &mut Vec<(Instr, InstrLocId)>, counter: GlobalId) {
    if run.is_empty() {
        return;
    }
    let length = i64::try_from(run.len()).unwrap_or(i64::MAX);
    let add: [Instr; 4] = [
        ir::GlobalGet { global: counter }.into(),
        ir::Const { value: Value::I64(length) }.into(),
        ir::Binop { op: BinaryOp::I64Add }.into(),
        ir::GlobalSet { global: counter }.into(),
    ];
    to.extend(add.map(|instruction| (instruction, InstrLocId::default())));
    to.append(run);
}

/// Whether what stands behind an instruction may be reached less often, or more often, than the instruction itself.
fn may_go_elsewhere(instruction: &Instr) -> bool {
    matches!(
        instruction,
        Instr::Block(_)
            | Instr::Loop(_)
            | Instr::IfElse(_)
            | Instr::Br(_)
            | Instr::BrIf(_)
            | Instr::BrTable(_)
            | Instr::Return(_)
            | Instr::ReturnCall(_)
            | Instr::ReturnCallIndirect(_)
            | Instr::Unreachable(_)
    )
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, Module};

    use super::*;

    /// A loop that runs as often as its parameter says, and how many increments the instrumented module has.
    #[test]
    fn each_run_of_instructions_is_counted_where_it_begins() {
        let mut module = Module::default();
        let times = module.locals.add(ValType::I32);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        builder.func_body().loop_(None, |body| {
            let again = body.id();
            body.local_get(times).i32_const(1).binop(BinaryOp::I32Sub).local_tee(times).br_if(again);
        });
        let function = builder.finish(vec![times], &mut module.funcs);
        module.exports.add("run", function);
        let counted = Module::from_buffer(&instrument(&module.emit_wasm()).unwrap()).unwrap();
        let (_, function) = counted.funcs.iter_local().next().unwrap();
        // One increment in front of the loop, for the loop itself; one at its head, for the five inside.
        let lengths: Vec<i64> = sequences(function)
            .into_iter()
            .flat_map(|sequence| function.block(sequence).instrs.clone())
            .filter_map(|(instruction, _)| match instruction {
                Instr::Const(ir::Const { value: Value::I64(length) }) => Some(length),
                _ => None,
            })
            .collect();
        assert_eq!(lengths, [1, 5]);
        assert!(counted.exports.iter().any(|export| export.name.starts_with(COUNTER)));
    }
}
