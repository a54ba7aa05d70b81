/* The bytes of data/managed_policies.bin as constant data: kManagedPolicyData up to kManagedPolicyDataEnd. */
    .section .rodata
    .balign 16
    .globl kManagedPolicyData
    .globl kManagedPolicyDataEnd
kManagedPolicyData:
    .incbin "managed_policies.bin"
kManagedPolicyDataEnd:
    .byte 0
    .section .note.GNU-stack, "", @progbits
