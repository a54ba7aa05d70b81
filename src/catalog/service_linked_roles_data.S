/* The lines of data/service_linked_roles.txt as constant data: kServiceLinkedRoleData up to kServiceLinkedRoleDataEnd. */
    .section .rodata
    .balign 16
    .globl kServiceLinkedRoleData
    .globl kServiceLinkedRoleDataEnd
kServiceLinkedRoleData:
    .incbin "service_linked_roles.txt"
kServiceLinkedRoleDataEnd:
    .byte 0
    .section .note.GNU-stack, "", @progbits
