// swift-format-ignore-file

extension Goldens {
    /// The role of each cell, and the legend.
    static let roles: [String: String] = [
        "overview 40x10": #"""
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        bc.cccccccccccccccccccccccccccccccccccc.
        bc.cccccccccccccccccccccccccccccccddddd.
        ef.gggggggggggggggggggggggggggggggfffff.
        ef.gggggggggggggggggggggggggggggggfffff.
        eh.gggggggggggggggggggggggggggggggggggg.
        ei.gggggggggggggggggggggggggggggggddddd.
        ej.gggggggggggggggggggggggggggggggggggg.
        ek.gggggggggggggggggggggggggggggggggggg.
        ccccccccccccccccccccccccccccccccccccc...
        a bar.bouncing
        b change.unacknowledged
        c severity.bouncing
        d text.dim
        e text.strong
        f severity.risk
        g text
        h severity.warning
        i severity.unknown
        j severity.unprotected
        k severity.ok
        """#,
        "overview 80x24": #"""
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        .bbbbbbbbbcccccccddddddddcccccccccd..................................ccccccbbbb.
        eefffffffeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
        bghhhhhhhh..bbbbbbbbbbbbbbbbbbbbbbbbbb.ddddddd.hhh.hhhhh.hhhhhhhhhhhhhhhhhhhhhhh
        bghhhhhhhh..bbbbbbbbbbbbbbbbbbbbbbbbbb.ddddddd.hhh.ccccc.hhhhhhhhhhhhhhhhhhhhhhh
        bijjjjjj....dddddddddddddddddddddddddd.ddddddd.ddd.jjjjj.jjjjjjjjjjjjjjjjjjjjjjj
        bijjjjjj....dddddddddddddddddddddddddd.ddddddd.ddd.jjjjj.jjjjjjjjjjjjjjjjjjjjjjj
        bikkkkkk....dddddddddddddddddddddddddd.ddddddd.ddd.ddddd.ddddddddddddddddddddddd
        billlllllll.dddddddddddddddddddddddddd.ccccccc.ccc.ccccc.ddddddddddddddddddddddd
        bimmmmmm....dddddddddddddddddddddddddd.ccccccc.ddd.ddddd.ddddddddddddddddddddddd
        binnnn......dddddddddddddddddddddddddd.ddddddd.ddd.ddddd.ddddddddddddddddddddddd
        ooppppppppppppppppppppoooooooooooooooooooooooooooooooooooooooooooooooooooooooooo
        ggggggggggggggggggggggggggggggggggcccccccccccchhhhhhhhgggggggggggggggggggggg....
        ggggggggggggggggggggggggggggggggggcccccccccccchhhhhhhhggggggggggggggggggg.......
        qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqccccccccccccjjjjjjjjqqqqqqqqqqqqqqqqqqqqqqqq..
        rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrccccccccccccnnnnnnnnrrrrrrrrrrrrrrrrrrrr......
        ................................................................................
        ................................................................................
        ................................................................................
        ................................................................................
        ................................................................................
        pppppphhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh......................................
        ppppppdddddddddddddddddddddddddddddddddddddddddddddddddddddddd..................
        dssssstttttttstttttttttstttttttttttstttttttsttttttsttttttttstttttttsttttttt.....
        a bar.bouncing
        b text.strong
        c text.dim
        d text
        e head
        f head.sort
        g change.unacknowledged
        h severity.bouncing
        i row.marked
        j severity.risk
        k severity.warning
        l severity.unknown
        m severity.unprotected
        n severity.ok
        o border
        p title
        q change.acknowledged
        r change.better
        s key
        t key.label
        """#,
    ]
}
