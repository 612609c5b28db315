/// Functions at which an interrupt or a softirq begins.
///
/// The frames below such a function belong to the task that was interrupted, not to the allocation.
/// The kernel cuts stacks there too where it keeps them (`filter_irq_stacks` in
/// kernel/stacktrace.c), but not those of kmemleak.
enum InterruptFrames {
  /// Whether the function is the entry of a softirq or of an interrupt.
  static func contains(_ symbol: String) -> Bool {
    let bytes = symbol.utf8.span
    let name = bytes.extracting(LeakFrame.withoutCompilerSuffix(bytes))
    return entries.contains(name) || prefixes.fit(name)
  }

  private static let entries = NameSet(
    """
    __do_softirq handle_softirqs do_softirq __irq_exit_rcu irq_exit_rcu irq_exit
    common_interrupt do_IRQ ret_from_intr apic_timer_interrupt
    smp_apic_timer_interrupt el1_irq el1_interrupt gic_handle_irq __irq_svc
    handle_arch_irq asm_common_interrupt
    """)
  private static let prefixes = NameBeginnings([
    "sysvec_", "asm_sysvec_", "el1h_64_irq", "el0t_64_irq",
  ])
}
