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
        bghhhhhhhh..bbbbbbbbbbbbbbbbbbbbbb.ddddddd.hhh.hhhhh.hhhhhhhhhhhhhhhhhhhhhhhhhhh
        bghhhhhhhh..bbbbbbbbbbbbbbbbbbbbbb.ddddddd.hhh.ccccc.hhhhhhhhhhhhhhhhhhhhhhhhhhh
        bijjjjjj....dddddddddddddddddddddd.ddddddd.ddd.jjjjj.jjjjjjjjjjjjjjjjjjjjjjjjjjj
        bijjjjjj....dddddddddddddddddddddd.ddddddd.ddd.jjjjj.jjjjjjjjjjjjjjjjjjjjjjjjjjj
        bikkkkkk....dddddddddddddddddddddd.ddddddd.ddd.ddddd.ddddddddddddddddddddddddddd
        billlllllll.dddddddddddddddddddddd.ccccccc.ccc.ccccc.ddddddddddddddddddddddddddd
        bimmmmmm....dddddddddddddddddddddd.ccccccc.ddd.ddddd.ddddddddddddddddddddddddddd
        binnnn......dddddddddddddddddddddd.ddddddd.ddd.ddddd.ddddddddddddddddddddddddddd
        ooppppppppppppppppppppoooooooooooooooooooooooooooooooooooooooooooooooooooooooooo
        bggggggggggggggggggggggggggggggggggcccccccccccchhhhhhhhgggggggggggggggggggggg...
        bggggggggggggggggggggggggggggggggggcccccccccccchhhhhhhhggggggggggggggggggg......
        bqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqccccccccccccjjjjjjjjqqqqqqqqqqqqqqqqqqqqqqqq.
        brrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrccccccccccccnnnnnnnnrrrrrrrrrrrrrrrrrrrr.....
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
